import { Link } from '@tanstack/react-router';
import { formatTarget } from '../../lib/format.js';
import { Time } from '../../ui/time.js';
import type { TierView } from './matrix.graphql.js';

type Commitment = TierView['terms']['commitments'][number];

interface Props {
  readonly tier: TierView;
  readonly priority: string;
  readonly warned: boolean;
}

const FIELDS = ['firstResponse', 'nextUpdate', 'resolution', 'coverage'] as const;

const of = (commitments: readonly Commitment[] | undefined, priority: string): Commitment | undefined =>
  commitments?.find((each) => each.priority === priority);

/** What a tier promises for a priority, and what it is to promise next. */
export const MatrixCell = ({ tier, priority, warned }: Props) => {
  const commitment = of(tier.terms.commitments, priority);
  const next = tier.scheduled.find(({ terms }) => {
    const later = of(terms?.commitments, priority);
    return FIELDS.some((field) => commitment?.[field] !== later?.[field]);
  });
  return (
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
      {next && (
        <p className="next small">
          from <Time at={next.effectiveFrom} form="day" />: {inShort(of(next.terms?.commitments, priority))}
        </p>
      )}
      {warned && <span className="visually-hidden">(see the warnings below)</span>}
    </td>
  );
};

const inShort = (commitment: Commitment | undefined): string =>
  commitment === undefined
    ? 'no commitment'
    : [
        `${formatTarget(commitment.firstResponse)} / ${formatTarget(commitment.resolution)}`,
        commitment.nextUpdate !== null && `updates ${formatTarget(commitment.nextUpdate)}`,
        commitment.coverage,
      ]
        .filter(Boolean)
        .join(', ');
