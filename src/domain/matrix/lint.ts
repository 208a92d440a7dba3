import { identifierKey } from '../shared/identifier.js';
import type { LintWarning } from '../terms/terms.js';
import { priorityInversions, tierInversions, type CoverageLookup, type MatrixTier } from './inversions.js';
import { surelySlower, targetOf } from './target.js';

export type { CoverageLookup, MatrixTier } from './inversions.js';

/**
 * What in a matrix is probably not meant. Warnings only: tier by tier in the order given, then what spans tiers.
 * The order of priorities is the order of a tier's commitments, highest first.
 */
export const lintMatrix = (tiers: readonly MatrixTier[], coverages: CoverageLookup): LintWarning[] => [
  ...tiers.flatMap((tier) => [
    ...priorityInversions(tier, coverages),
    ...resolutionsBeforeResponse(tier, coverages),
    ...channelsWithoutCoverage(tier, coverages),
    ...prioritiesWithoutCommitment(tier, tiers),
    ...creditCapBelowBreach(tier),
  ]),
  ...tierInversions(tiers, coverages),
];

const resolutionsBeforeResponse = (tier: MatrixTier, coverages: CoverageLookup): readonly LintWarning[] =>
  tier.terms.commitments.flatMap((commitment) => {
    const coverage = coverages(commitment.coverage);
    if (coverage === undefined || commitment.firstResponse === null || commitment.resolution === null)
      return [];
    const { priority, firstResponse, resolution } = commitment;
    const response = targetOf(commitment, 'firstResponse', coverage);
    if (!surelySlower(response, targetOf(commitment, 'resolution', coverage))) return [];
    const message = `${tier.key}: ${priority} is resolved in ${resolution}, before it is first answered in ${firstResponse}`;
    return [{ code: 'RESOLUTION_BEFORE_RESPONSE', message, tier: tier.key, priority }];
  });

/**
 * A channel that names no coverage is open when the commitment's clock runs, which is what sheets without such a
 * column mean. It is without coverage when it names one that is not known, or when nothing that it serves has a
 * commitment from which to take one.
 */
const channelsWithoutCoverage = (tier: MatrixTier, coverages: CoverageLookup): readonly LintWarning[] =>
  tier.terms.channels.flatMap(({ channel, priorities = null, coverage = null }) => {
    const served = new Set(priorities?.map(identifierKey));
    const commitments = tier.terms.commitments.filter(
      ({ priority }) => priorities === null || served.has(identifierKey(priority)),
    );
    const uncovered = coverage === null ? commitments.length === 0 : coverages(coverage) === undefined;
    if (!uncovered) return [];
    const why =
      coverage === null
        ? 'names no coverage, and none of its priorities has a commitment'
        : `names the coverage ${coverage}, which is not in force`;
    return [
      {
        code: 'CHANNEL_WITHOUT_COVERAGE',
        message: `${tier.key}: ${channel} ${why}`,
        tier: tier.key,
        priority: null,
      },
    ];
  });

/**
 * A priority that a comparable tier (one that shares at least one priority) promises and this one does not, or for
 * which every target is "not promised".
 */
const prioritiesWithoutCommitment = (
  tier: MatrixTier,
  tiers: readonly MatrixTier[],
): readonly LintWarning[] => {
  const own = new Set(prioritiesOf(tier).map(identifierKey));
  const missing = new Map<string, { priority: string; promisedBy: string[] }>();
  for (const other of tiers) {
    const priorities = prioritiesOf(other);
    if (!priorities.some((priority) => own.has(identifierKey(priority)))) continue;
    for (const priority of priorities) {
      const key = identifierKey(priority);
      if (own.has(key)) continue;
      const entry = missing.get(key) ?? { priority, promisedBy: [] };
      missing.set(key, { ...entry, promisedBy: [...entry.promisedBy, other.key] });
    }
  }
  const warn = (priority: string, what: string): LintWarning => ({
    code: 'PRIORITY_WITHOUT_COMMITMENT',
    message: `${tier.key}: ${priority} ${what}`,
    tier: tier.key,
    priority,
  });
  return [
    ...tier.terms.commitments
      .filter(
        ({ firstResponse, nextUpdate, resolution }) => (firstResponse ?? nextUpdate ?? resolution) === null,
      )
      .map(({ priority }) => warn(priority, 'is listed, but nothing is promised for it')),
    ...[...missing.values()].map(({ priority, promisedBy }) =>
      warn(priority, `has no commitment, but has one in ${promisedBy.join(', ')}`),
    ),
  ];
};

const prioritiesOf = ({ terms }: MatrixTier): readonly string[] =>
  terms.commitments.map(({ priority }) => priority);

const creditCapBelowBreach = ({ key, terms }: MatrixTier): readonly LintWarning[] => {
  const { credits = null } = terms;
  if (credits === null || credits.monthlyCapPercent >= credits.percentPerBreach) return [];
  const { percentPerBreach, monthlyCapPercent } = credits;
  const message = `${key}: credits are capped at ${monthlyCapPercent} % a month, less than the ${percentPerBreach} % of one breach`;
  return [{ code: 'CREDIT_CAP_BELOW_BREACH', message, tier: key, priority: null }];
};
