import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAsk } from '../../api/hooks.js';
import { Badge } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { MatrixCell } from './matrix-cell.js';
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
                <MatrixCell
                  key={tier.key}
                  tier={tier}
                  priority={priority}
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
          {row('Uptime', ({ terms }) => (terms.uptimePercent === null ? '—' : `${terms.uptimePercent}%`))}
          {row('Credits', ({ terms }) =>
            terms.credits === null
              ? '—'
              : `${terms.credits.percentPerBreach}% a breach, at most ${terms.credits.monthlyCapPercent}% a month`,
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
      <InForce tier={tier} />
      {tier.scheduled.map(({ number, effectiveFrom, changeId }) => (
        <Link key={number} to="/changes/$id" params={{ id: changeId }} className="plain">
          <Badge tone="scheduled">
            version {number} from <Time at={effectiveFrom} form="day" />
          </Badge>
        </Link>
      ))}
      {open.map(({ id }) => (
        <Link key={id} to="/changes/$id" params={{ id }} className="plain no-print">
          <Badge tone="proposed">change proposed</Badge>
        </Link>
      ))}
    </span>
  </th>
);

/** Looked at from a day to come, a version in force is still a scheduled one. An end is said where no version follows. */
const InForce = ({ tier: { version, scheduled } }: { readonly tier: TierView }) => {
  const { effectiveFrom, effectiveTo } = version;
  const isScheduled = effectiveFrom > new Date().toISOString();
  const endsItself = effectiveTo !== null && !scheduled.some((next) => next.effectiveFrom === effectiveTo);
  return (
    <>
      <Badge tone={isScheduled ? 'scheduled' : 'live'}>
        {isScheduled ? 'from' : 'since'} <Time at={effectiveFrom} form="day" />
      </Badge>
      {endsItself && (
        <Badge tone="scheduled">
          until <Time at={effectiveTo} form="day" />
        </Badge>
      )}
    </>
  );
};
