import type { CoverageContent } from '../change/content.js';
import { identifierKey } from '../shared/identifier.js';
import type { Commitment, LintWarning, Terms } from '../terms/terms.js';
import { surelySlower, TARGET_FIELDS, targetOf, type Target, type TargetField } from './target.js';

/** A tier as the matrix holds it, in force or proposed. */
export interface MatrixTier {
  readonly key: string;
  readonly name: string;
  /** Higher is better. */
  readonly rank: number;
  readonly terms: Terms;
}

/** The coverage of a key; undefined: not known. */
export type CoverageLookup = (key: string) => CoverageContent | undefined;

interface Row {
  readonly tier: MatrixTier;
  readonly priority: string;
  readonly targets: Readonly<Record<TargetField, Target>>;
}

const WORDS: Readonly<Record<TargetField, { readonly verb: string; readonly noun: string }>> = {
  firstResponse: { verb: 'answers', noun: 'first response' },
  nextUpdate: { verb: 'is updated', noun: 'next update' },
  resolution: { verb: 'is resolved', noun: 'resolution' },
};

/** Commitments whose coverage is not known cannot be compared; they are left out. */
const rowsOf = (tier: MatrixTier, coverages: CoverageLookup): readonly Row[] =>
  tier.terms.commitments.flatMap((commitment) => {
    const coverage = coverages(commitment.coverage);
    return coverage === undefined
      ? []
      : [{ tier, priority: commitment.priority, targets: targetsOf(commitment, coverage) }];
  });

const targetsOf = (commitment: Commitment, coverage: CoverageContent): Row['targets'] => ({
  firstResponse: targetOf(commitment, 'firstResponse', coverage),
  nextUpdate: targetOf(commitment, 'nextUpdate', coverage),
  resolution: targetOf(commitment, 'resolution', coverage),
});

/** A higher priority promised slower than a lower one: for each field once, beside the next lower it falls behind. */
export const priorityInversions = (tier: MatrixTier, coverages: CoverageLookup): readonly LintWarning[] => {
  const rows = rowsOf(tier, coverages);
  return rows.flatMap((row, index) =>
    TARGET_FIELDS.flatMap((field) => {
      const faster = rows
        .slice(index + 1)
        .find((lower) => surelySlower(row.targets[field], lower.targets[field]));
      if (faster === undefined) return [];
      return [warning('PRIORITY_INVERSION', row, field, faster, faster.priority)];
    }),
  );
};

/** A better tier slower than a worse one: for each priority and field once, beside the next worse it falls behind. */
export const tierInversions = (
  tiers: readonly MatrixTier[],
  coverages: CoverageLookup,
): readonly LintWarning[] => {
  const best = [...tiers].sort((a, b) => b.rank - a.rank);
  const rows = best.map(
    (tier) => new Map(rowsOf(tier, coverages).map((row) => [identifierKey(row.priority), row])),
  );
  return best.flatMap((tier, index) =>
    [...(rows[index] ?? [])].flatMap(([priority, row]) =>
      TARGET_FIELDS.flatMap((field) => {
        const worse = rows.slice(index + 1).flatMap((tierRows) => tierRows.get(priority) ?? []);
        const faster = worse.find(
          (other) => other.tier.rank < tier.rank && surelySlower(row.targets[field], other.targets[field]),
        );
        return faster === undefined
          ? []
          : [warning('TIER_INVERSION', row, field, faster, `the lower tier ${faster.tier.key}`)];
      }),
    ),
  );
};

const warning = (
  code: string,
  row: Row,
  field: TargetField,
  faster: Row,
  fasterName: string,
): LintWarning => {
  const [slow, fast] = [row.targets[field], faster.targets[field]];
  const { verb, noun } = WORDS[field];
  const subject = `${row.tier.key}: ${row.priority}`;
  const sameClock = slow.coverage.key === fast.coverage.key;
  const show = ({ text, coverage }: Target): string => `in ${text}${sameClock ? '' : ` (${coverage.key})`}`;
  return {
    code,
    message:
      slow.text === null
        ? `${subject} has no promised ${noun}, but ${fasterName} has one ${show(fast)}`
        : `${subject} ${verb} ${show(slow)}, later than ${fasterName} ${show(fast)}`,
    tier: row.tier.key,
    priority: row.priority,
  };
};
