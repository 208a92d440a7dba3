import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useSession } from '../../api/session.js';
import { inWords } from '../../lib/format.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { Changes, type ChangeLineView } from './changes.graphql.js';

const VIEWS = ['awaiting', 'open', 'mine', 'decided'] as const;
type View = (typeof VIEWS)[number];

const TITLES: Readonly<Record<View, string>> = {
  awaiting: 'Awaiting me',
  open: 'All open',
  mine: 'Mine',
  decided: 'All',
};
const EMPTY: Readonly<Record<View, string>> = {
  awaiting: 'Nothing awaits you',
  open: 'No proposal is open',
  mine: 'You have proposed nothing yet',
  decided: 'Nothing has been proposed yet',
};
const PAGE = 50;
/** Milliseconds: proposals are not in the feed. */
const LOOK_EVERY_MS = 5_000;

const filterOf = (view: View, subject: string) => {
  switch (view) {
    case 'awaiting':
      return { awaitingMe: true };
    case 'open':
      return { status: 'PROPOSED' as const };
    case 'mine':
      return { proposedBy: subject };
    case 'decided':
      return null;
  }
};

export const ChangesPage = () => {
  const search = useSearch({ from: '/changes' });
  const view = VIEWS.find((each) => each === search.view) ?? 'awaiting';
  const { subject } = useSession();
  const [first, setFirst] = useState(PAGE);
  const query = useAsk(
    Changes,
    { filter: filterOf(view, subject), first, atLeast: atLeast() },
    { every: LOOK_EVERY_MS, keep: true },
  );
  return (
    <Page title="Changes" about="Nothing is live until it is approved.">
      <nav className="tabs" aria-label="Which changes">
        {VIEWS.map((each) => (
          <Link
            key={each}
            to="/changes"
            search={{ view: each }}
            aria-current={each === view ? 'page' : undefined}
            activeProps={{}}
          >
            {TITLES[each]}
          </Link>
        ))}
      </nav>
      <Answer query={query}>
        {({ changes: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title={EMPTY[view]}>
              <p>
                {view === 'awaiting' ? (
                  <>
                    Look at{' '}
                    <Link to="/changes" search={{ view: 'open' }}>
                      all open proposals
                    </Link>
                    , or propose one in the <Link to="/matrix">matrix</Link>.
                  </>
                ) : (
                  <>
                    Propose a change in the <Link to="/matrix">matrix</Link>.
                  </>
                )}
              </p>
            </Empty>
          ) : (
            <>
              <ChangeTable key={view} changes={nodes} />
              {pageInfo.hasNextPage && (
                <Button onClick={() => setFirst(Math.min(200, first + PAGE))}>
                  {nodes.length} of {totalCount}: show more
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </Page>
  );
};

const ChangeTable = ({ changes }: { readonly changes: readonly ChangeLineView[] }) => {
  const [current, setCurrent] = useState(0);
  const navigate = useNavigate();
  const step = (by: number) => () => setCurrent(Math.max(0, Math.min(changes.length - 1, current + by)));
  const open = changes[current];
  useShortcuts({
    j: step(1),
    k: step(-1),
    o: open && (() => void navigate({ to: '/changes/$id', params: { id: open.id } })),
  });
  return (
    <div className="panel table-wrap" role="region" aria-label="Changes" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">Kind</th>
            <th scope="col">Status</th>
            <th scope="col">Proposed</th>
            <th scope="col">Binds from</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => (
            <tr key={change.id} className="row-link" aria-current={index === current}>
              <td>
                <Link to="/changes/$id" params={{ id: change.id }}>
                  {titleOf(change)}
                </Link>
                {change.reason !== null && <div className="soft small">{change.reason}</div>}
              </td>
              <td>{inWords(change.kind)}</td>
              <td>
                <span className="row">
                  <StatusBadge status={change.status} />
                  {change.stale && <Badge tone="wrong">Stale</Badge>}
                  {change.status === 'PROPOSED' && change.approvalsNeeded > 1 && (
                    <span className="small soft">
                      {change.approvals.length} of {change.approvalsNeeded}
                    </span>
                  )}
                </span>
              </td>
              <td>
                {change.proposedBy}
                <div className="soft small">
                  <Time at={change.proposedAt} form="relative" />
                </div>
              </td>
              <td>
                {change.effectiveFrom === null ? (
                  <span className="soft">approval</span>
                ) : (
                  <Time at={change.effectiveFrom} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft small body-line no-print">
        <kbd>j</kbd> <kbd>k</kbd> move, <kbd>o</kbd> opens
      </p>
    </div>
  );
};

export const titleOf = ({ kind, subject }: Pick<ChangeLineView, 'kind' | 'subject'>): string => {
  switch (kind) {
    case 'APPROVAL_POLICY':
      return 'Approval rules';
    case 'IMPORT':
      return 'Import of a sheet';
    default:
      return subject.id;
  }
};
