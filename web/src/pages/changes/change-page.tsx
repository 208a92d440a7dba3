import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { useSession } from '../../api/session.js';
import { inWords } from '../../lib/format.js';
import { Badge, StatusBadge } from '../../ui/badge.js';
import { Page, Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { People, Person } from '../../ui/person.js';
import { Time } from '../../ui/time.js';
import { WarningList } from '../matrix/warning-list.js';
import { ChangeById, type ChangeView } from './changes.graphql.js';
import { titleOf } from './changes-page.js';
import { CommentForm } from './comment-form.js';
import { Decision } from './decision.js';
import { DiffTable } from './diff-table.js';
import { RevisePanel } from './revise-panel.js';

/** Milliseconds: comments and other people's approvals are not in the feed. */
const LOOK_EVERY_MS = 5_000;

export const ChangePage = () => {
  const { id } = useParams({ from: '/changes/$id' });
  const query = useAsk(ChangeById, { id, atLeast: atLeast() }, { every: LOOK_EVERY_MS, keep: true });
  return (
    <Answer query={query} height={480}>
      {({ change }) =>
        change === null ? (
          <Page title="There is no such change">
            <p>
              The link may be cut off, or of another organization. Look among{' '}
              <Link to="/changes" search={{ view: 'decided' }}>
                all changes
              </Link>
              .
            </p>
          </Page>
        ) : (
          <Found change={change} />
        )
      }
    </Answer>
  );
};

const Found = ({ change }: { readonly change: ChangeView }) => {
  const { revise } = useSearch({ from: '/changes/$id' });
  const navigate = useNavigate({ from: '/changes/$id' });
  const { subject } = useSession();
  const isRevising = revise !== undefined && change.status === 'PROPOSED' && change.proposedBy === subject;
  return (
    <Page
      title={`${inWords(change.kind)}: ${titleOf(change)}`}
      about={
        <span className="row">
          <StatusBadge status={change.status} />
          <span>
            proposed by <Person name={change.proposedBy} /> <Time at={change.proposedAt} form="relative" />
            {change.revision > 1 && `, revision ${change.revision}`}
          </span>
        </span>
      }
    >
      {isRevising ? (
        <RevisePanel change={change} onEnd={() => void navigate({ search: {} })} />
      ) : (
        <Reading change={change} />
      )}
    </Page>
  );
};

const DIFFERENCE: Readonly<Record<string, string>> = {
  PROPOSED: 'Against what is in force',
  APPROVED: 'What it changed',
};

const Reading = ({ change }: { readonly change: ChangeView }) => (
  <>
    <Decision change={change} />
    <WarningList warnings={change.lint} />
    <Panel title={DIFFERENCE[change.status] ?? 'What it would have changed'} padded={false}>
      {change.kind === 'IMPORT' ? <ImportNote change={change} /> : <DiffTable diff={change.diff} />}
    </Panel>
    <div className="grid-2">
      <Panel title="The proposal">
        <Facts change={change} />
      </Panel>
      <Panel title="What happened">
        <div className="stack">
          <ol className="timeline">
            {change.timeline.map(({ kind, actor, at, text, revision }) => (
              <li key={`${kind} ${at}`}>
                <strong>{inWords(kind)}</strong> by <Person name={actor} />{' '}
                <span className="soft small">
                  <Time at={at} />
                  {change.revision > 1 && `, revision ${revision}`}
                </span>
                {text !== null && <p className="quote">{text}</p>}
              </li>
            ))}
          </ol>
          <CommentForm change={change} />
        </div>
      </Panel>
    </div>
  </>
);

const ImportNote = ({ change }: { readonly change: ChangeView }) => {
  const { importId } = change.content as { readonly importId: string };
  return (
    <p className="body padded-line">
      <Link to="/import/$id" params={{ id: importId }}>
        See what every row of the sheet would do
      </Link>
    </p>
  );
};

const Facts = ({ change }: { readonly change: ChangeView }) => (
  <dl className="facts">
    <dt>Binds</dt>
    <dd>
      {change.effectiveFrom === null ? 'from the moment of approval' : <Time at={change.effectiveFrom} />}
      {change.effectiveUntil !== null && (
        <>
          {' '}
          until <Time at={change.effectiveUntil} />
        </>
      )}
    </dd>
    {change.followedBy.length > 0 && (
      <>
        <dt>Then</dt>
        <dd>
          <ul className="plain-list">
            {change.followedBy.map(({ number, effectiveFrom, effectiveTo }) => (
              <li key={number}>
                version {number} binds from <Time at={effectiveFrom} />
                {effectiveTo !== null && (
                  <>
                    {' '}
                    until <Time at={effectiveTo} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </dd>
      </>
    )}
    <dt>Made against</dt>
    <dd>
      {change.baseVersion === null ? 'nothing: it is new' : `version ${change.baseVersion}`}{' '}
      {change.stale && <Badge tone="wrong">Stale</Badge>}
    </dd>
    <dt>Approvals</dt>
    <dd>
      {change.approvals.length} of {change.approvalsNeeded}
      {change.approvals.length > 0 && (
        <>
          : <People names={change.approvals} />
        </>
      )}
    </dd>
    <dt>Reason</dt>
    <dd className="quote">{change.reason ?? <span className="soft">none given</span>}</dd>
    <dt>History</dt>
    <dd>
      <Link to="/history" search={{ kind: change.subject.kind, id: change.subject.id }}>
        All versions of {titleOf(change)}
      </Link>
    </dd>
  </dl>
);
