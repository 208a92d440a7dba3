import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePages, type Pages } from '../../api/pages.js';
import { useSession } from '../../api/session.js';
import { inWords } from '../../lib/format.js';
import { useShortcuts } from '../../lib/shortcuts.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { LongTable, type Column } from '../../ui/long-table.js';
import { Page } from '../../ui/page.js';
import { Answer, Empty } from '../../ui/states.js';
import { Person } from '../../ui/person.js';
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
  const pages = usePages(Changes, { filter: filterOf(view, subject) }, ({ changes }) => changes, {
    every: LOOK_EVERY_MS,
  });
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
      <Answer query={pages.query}>
        {() =>
          pages.nodes.length === 0 ? (
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
            <ChangeTable key={view} pages={pages} />
          )
        }
      </Answer>
    </Page>
  );
};

const COLUMNS: readonly Column<ChangeLineView>[] = [
  {
    title: 'Subject',
    width: 'minmax(0, 2fr)',
    cell: (change) => (
      <>
        <Link to="/changes/$id" params={{ id: change.id }}>
          {titleOf(change)}
        </Link>
        {change.reason !== null && <div className="soft small">{change.reason}</div>}
      </>
    ),
  },
  { title: 'Kind', width: 'minmax(90px, 1fr)', cell: ({ kind }) => inWords(kind) },
  {
    title: 'Status',
    width: 'minmax(100px, 1fr)',
    cell: ({ status, stale, approvals, approvalsNeeded }) => (
      <span className="row">
        <StatusBadge status={status} />
        {stale && <Badge tone="wrong">Stale</Badge>}
        {status === 'PROPOSED' && approvalsNeeded > 1 && (
          <span className="small soft">
            {approvals.length} of {approvalsNeeded}
          </span>
        )}
      </span>
    ),
  },
  {
    title: 'Proposed',
    width: 'minmax(0, 1.7fr)',
    cell: ({ proposedBy, proposedAt }) => (
      <>
        <Person name={proposedBy} />
        <div className="soft small">
          <Time at={proposedAt} form="relative" />
        </div>
      </>
    ),
  },
  {
    title: 'Binds from',
    width: 'minmax(0, 1.2fr)',
    cell: ({ effectiveFrom }) =>
      effectiveFrom === null ? <span className="soft">approval</span> : <Time at={effectiveFrom} />,
  },
];

const ChangeTable = ({ pages }: { readonly pages: Pages<ChangeLineView> }) => {
  const [current, setCurrent] = useState(0);
  const navigate = useNavigate();
  const changes = pages.nodes;
  const step = (by: number) => () => setCurrent(Math.max(0, Math.min(changes.length - 1, current + by)));
  const open = changes[current];
  useShortcuts({
    j: step(1),
    k: step(-1),
    o: open && (() => void navigate({ to: '/changes/$id', params: { id: open.id } })),
  });
  return (
    <LongTable
      label="Changes"
      columns={COLUMNS}
      pages={pages}
      keyOf={({ id }) => id}
      current={current}
      foot={
        <span>
          <kbd>j</kbd> <kbd>k</kbd> move, <kbd>o</kbd> opens
        </span>
      }
    />
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
