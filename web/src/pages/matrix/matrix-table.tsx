import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAsk } from '../../api/hooks.js';
import { formatTarget } from '../../lib/format.js';
import { Badge } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { prioritiesOf } from './matrix-draft.js';
import { OpenTierChanges, type LintWarning, type TierView } from './matrix.graphql.js';

interface Props {
  readonly tiers: readonly TierView[];
  readonly lint: readonly LintWarning[];
}

/** Tiers side by side, the best first; what is proposed or scheduled is marked where it will show. */
export const MatrixTable = ({ tiers, lint }: Props) => {
  const { data } = useAsk(OpenTierChanges, {});
  const open = data?.changes.nodes ?? [];
  const row = (name: string, of: (tier: TierView) => ReactNode) => (
    <tr>
      <th scope="row">{name}</th>
      {tiers.map((tier) => (
        <td key={tier.key}>{of(tier)}</td>
      ))}
    </tr>
  );
  return (
    <div className="panel table-wrap" role="region" aria-label="Matrix" tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Priority</span>
            </th>
            {tiers.map((tier) => (
              <TierHead
                key={tier.key}
                tier={tier}
                open={open.filter(({ subject }) => subject.id === tier.key)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {prioritiesOf(tiers).map((priority) => (
            <tr key={priority}>
              <th scope="row">{priority}</th>
              {tiers.map((tier) => (
                <Cell
                  key={tier.key}
                  commitment={tier.terms.commitments.find((each) => each.priority === priority)}
                  warned={lint.some((warning) => warning.tier === tier.key && warning.priority === priority)}
                />
              ))}
            </tr>
          ))}
          {row('Channels', ({ terms }) => (
            <ul className="plain-list">
              {terms.channels.map(({ channel, priorities, coverage }) => (
                <li key={`${channel} ${priorities?.join() ?? ''}`}>
                  {channel.replaceAll('_', ' ')}{' '}
                  <span className="soft small">
                    {[priorities?.join(', '), coverage].filter(Boolean).join('; ')}
                  </span>
                </li>
              ))}
            </ul>
          ))}
          {row('Uptime', ({ terms }) => (terms.uptimePercent === null ? '—' : `${terms.uptimePercent} %`))}
          {row('Credits', ({ terms }) =>
            terms.credits === null
              ? '—'
              : `${terms.credits.percentPerBreach} % a breach, at most ${terms.credits.monthlyCapPercent} % a month`,
          )}
          {tiers.some(({ terms }) => terms.features.length > 0) &&
            row('Features', ({ terms }) => terms.features.join(', ') || '—')}
          {tiers.some(({ terms }) => terms.notes !== null) && row('Notes', ({ terms }) => terms.notes ?? '—')}
        </tbody>
      </table>
    </div>
  );
};

const TierHead = ({
  tier,
  open,
}: {
  readonly tier: TierView;
  readonly open: readonly { readonly id: string }[];
}) => (
  <th scope="col">
    <span className="tier-name">{tier.name}</span>
    <span className="soft">
      {tier.key} ·{' '}
      <Link to="/history" search={{ kind: 'TIER', id: tier.key }}>
        version {tier.version.number}
      </Link>
    </span>
    <span className="row marks">
      <Badge tone="live">
        since <Time at={tier.version.effectiveFrom} form="day" />
      </Badge>
      {tier.scheduled.map(({ number, effectiveFrom, changeId }) => (
        <Link key={number} to="/changes/$id" params={{ id: changeId }} className="plain">
          <Badge tone="scheduled">
            version {number} from <Time at={effectiveFrom} form="day" />
          </Badge>
        </Link>
      ))}
      {open.map(({ id }) => (
        <Link key={id} to="/changes/$id" params={{ id }} className="plain">
          <Badge tone="proposed">change proposed</Badge>
        </Link>
      ))}
    </span>
  </th>
);

const Cell = ({
  commitment,
  warned,
}: {
  readonly commitment: TierView['terms']['commitments'][number] | undefined;
  readonly warned: boolean;
}) => (
  <td data-warned={warned}>
    {commitment === undefined ? (
      <span className="soft">no commitment</span>
    ) : (
      <>
        <dl className="cell">
          <div>
            <dt>First response</dt>
            <dd>{formatTarget(commitment.firstResponse)}</dd>
          </div>
          <div>
            <dt>Resolution</dt>
            <dd>{formatTarget(commitment.resolution)}</dd>
          </div>
          {commitment.nextUpdate !== null && (
            <div>
              <dt>Updates</dt>
              <dd>{formatTarget(commitment.nextUpdate)}</dd>
            </div>
          )}
        </dl>
        <Link to="/coverage" search={{ key: commitment.coverage }} className="small">
          {commitment.coverage}
        </Link>
      </>
    )}
    {warned && <span className="visually-hidden">(see the warnings below)</span>}
  </td>
);
