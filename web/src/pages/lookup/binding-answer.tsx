import { Link } from '@tanstack/react-router';
import { useAsk } from '../../api/hooks.js';
import { formatTarget, inWords } from '../../lib/format.js';
import { Badge } from '../../ui/badge.js';
import { Panel } from '../../ui/page.js';
import { People } from '../../ui/person.js';
import { Time } from '../../ui/time.js';
import { CustomerLink } from './customer-link.js';
import { CoverageNow, type BindingSla } from './lookup.graphql.js';

interface Props {
  readonly sla: BindingSla;
  /** What was asked, to ask the same of every priority. */
  readonly asked: Readonly<Record<string, string | null | undefined>>;
}

export const BindingAnswer = ({ sla, asked }: Props) => {
  const { customerId, contractId, tier, source, version, terms } = sla;
  return (
    <>
      <Contradicted sla={sla} />
      <Panel
        title={
          <span className="row">
            {customerId ?? contractId} is promised <Badge tone="live">{tier}</Badge>
          </span>
        }
        actions={customerId !== null && <CustomerLink id={customerId} />}
      >
        <div className="stack">
          <Targets sla={sla} asked={asked} />
          <Channels channels={terms.channels} />
        </div>
      </Panel>
      <div className="grid-2">
        <Panel title="Approved">
          <dl className="facts">
            <dt>Source</dt>
            <dd>{inWords(source)}</dd>
            <dt>Version</dt>
            <dd>
              <Link
                to="/history"
                search={{
                  kind: source === 'CONTRACT_OVERRIDE' ? 'CONTRACT' : 'TIER',
                  id: source === 'CONTRACT_OVERRIDE' ? (contractId ?? '') : tier,
                }}
              >
                {version.number}
              </Link>
              {version.backdated && <Badge tone="proposed">Backdated</Badge>}
              {version.selfApproved && <Badge tone="proposed">Self-approved</Badge>}
            </dd>
            <dt>In force</dt>
            <dd>
              since <Time at={version.effectiveFrom} />
              {version.effectiveTo !== null && (
                <>
                  , until <Time at={version.effectiveTo} />
                </>
              )}
            </dd>
            <dt>Approved by</dt>
            <dd>
              <People names={version.approvedBy} />, <Time at={version.recordedAt} />
            </dd>
            <dt>Proposed by</dt>
            <dd>
              <Link to="/changes/$id" params={{ id: version.changeId }}>
                {version.proposedBy}
              </Link>
            </dd>
            {contractId !== null && (
              <>
                <dt>Contract</dt>
                <dd>
                  <Link to="/contract" search={{ id: contractId }}>
                    {contractId}
                  </Link>
                </dd>
              </>
            )}
          </dl>
        </Panel>
        <Panel title="Why">
          <ol className="steps">
            {sla.explanation.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Panel>
      </div>
    </>
  );
};

const CONTRADICTED: Readonly<Record<string, string>> = {
  STRICTER_OF_BOTH:
    'Your organization has lookups answer with the stricter of both, commitment by commitment.',
  CONTRACT_WINS: 'Your organization has lookups answer with what the contract says.',
  WAIVER: 'An approved waiver says which of them binds for a while.',
};

/** An answer in spite of an exception says so before it says anything else. */
const Contradicted = ({ sla: { source, customerId } }: Pick<Props, 'sla'>) =>
  CONTRADICTED[source] === undefined ? null : (
    <section className="notice proposed" aria-label="Answered in spite of an exception">
      <p>
        <Badge tone="proposed">{inWords(source)}</Badge> Two promises contradict one another.{' '}
        {CONTRADICTED[source]}{' '}
        <Link to="/exceptions" search={{ customer: customerId ?? undefined }}>
          The exception stays until the facts agree
        </Link>
        .
      </p>
    </section>
  );

const Targets = ({ sla, asked }: Props) => {
  const { commitments } = sla.terms;
  const inputs = commitments.map(({ priority }) => ({ ...asked, priority }));
  const { data } = useAsk(CoverageNow, { inputs });
  const stateOf = (priority: string) =>
    data?.lookupMany.flatMap((one) =>
      'coverage' in one && one.commitment?.priority === priority ? [one.coverage] : [],
    )[0];
  return (
    <ul className="targets">
      {commitments.map(({ priority, firstResponse, nextUpdate, resolution, coverage }) => {
        const state = stateOf(priority);
        return (
          <li key={priority}>
            <h3>{priority}</h3>
            <dl>
              <div>
                <dt>First response</dt>
                <dd>{formatTarget(firstResponse)}</dd>
              </div>
              <div>
                <dt>Resolution</dt>
                <dd>{formatTarget(resolution)}</dd>
              </div>
              {nextUpdate !== null && (
                <div>
                  <dt>Updates every</dt>
                  <dd>{formatTarget(nextUpdate)}</dd>
                </div>
              )}
            </dl>
            <p className="small soft">
              {coverage}
              <br />
              {state && (
                <span className={state.open ? 'open' : 'closed'}>
                  {state.open ? 'Open' : 'Closed'}
                  {state.nextChangeAt !== null && (
                    <>
                      {state.open ? ' until ' : ', opens '}
                      <Time at={state.nextChangeAt} />
                    </>
                  )}
                </span>
              )}
              {!state && '\u00a0'}
            </p>
          </li>
        );
      })}
    </ul>
  );
};

const Channels = ({ channels }: { readonly channels: BindingSla['terms']['channels'] }) => (
  <p>
    <strong>Channels</strong>{' '}
    {channels.length === 0
      ? 'none promised'
      : channels
          .map(({ channel, priorities, coverage }) => {
            const limits = [priorities?.join(', '), coverage].filter(Boolean).join('; ');
            return `${channel.replaceAll('_', ' ')}${limits ? ` (${limits})` : ''}`;
          })
          .join(' · ')}
  </p>
);
