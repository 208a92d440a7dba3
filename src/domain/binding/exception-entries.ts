import { earliest, type Instant } from '../shared/instant.js';
import type { ExceptionKind } from './exception-kind.js';
import { bindingTierKey, ownPriorities } from './standing.js';
import type { StandingPeriod } from './standings.js';
import { faultsOf, type TierFault, type TierFaults } from './tier-faults.js';

/** One exception of a customer, from its opening until the facts agree again. */
export interface ExceptionEntry {
  readonly since: Instant;
  /** null: until a fact changes */
  readonly until: Instant | null;
}

/** Kinds that hang on the tier that would bind, not on the customer's own facts. */
export const dependsOnTier = (kind: ExceptionKind): kind is TierFault['kind'] =>
  kind === 'UNKNOWN_TIER' || kind === 'INCOMPLETE_TERMS';

/**
 * Every exception of one kind that a customer has had and, as far as is known, will have, in order of time. One of the
 * customer's own lasts while the facts contradict one another in that way, waived or not; one of the tier's while that
 * tier would bind and fails.
 *
 * @param standings without gaps, in order of time
 */
export const exceptionEntries = (
  standings: readonly StandingPeriod[],
  kind: ExceptionKind,
  faults: TierFaults,
): readonly ExceptionEntry[] => {
  if (!dependsOnTier(kind))
    return runs(
      standings.map(({ from, to, standing }) => ({ since: from, until: to, value: standing.contradiction })),
    ).filter(({ value }) => value === kind);
  return runs(standings.flatMap((period) => failing(period, kind, faults)));
};

/** The times within a standing in which the tier that it relies on fails in that way. */
const failing = (
  { from, to, standing }: StandingPeriod,
  kind: TierFault['kind'],
  faults: TierFaults,
): readonly Said[] => {
  const tier = bindingTierKey(standing);
  if (tier === null) return [];
  const own = ownPriorities(standing);
  return faultsOf(faults, tier)
    .filter((fault) => fault.kind === kind && overlap(fault, from, to) && isLeft(fault, own))
    .map((fault) => ({
      since: fault.from > from ? fault.from : from,
      until: earliest(to, fault.to),
      value: tier,
    }));
};

/** A contract's own terms stand where its tier is not in force, and may fill what the tier leaves out. */
const isLeft = ({ kind, missing }: TierFault, own: readonly string[] | null): boolean =>
  own === null || (kind === 'INCOMPLETE_TERMS' && missing.some((priority) => !own.includes(priority)));

/** The entry that is there at an instant; null: none. */
export const entryAt = (entries: readonly ExceptionEntry[], at: Instant): ExceptionEntry | null =>
  entries.findLast(({ since, until }) => since <= at && (until === null || at < until)) ?? null;

interface Said extends ExceptionEntry {
  readonly value: string | null;
}

/** What says the same without a gap, taken together. */
const runs = (said: readonly Said[]): readonly Said[] => {
  const found: { since: Instant; until: Instant | null; value: string | null }[] = [];
  for (const { since, until, value } of said) {
    const last = found.at(-1);
    if (last?.until === since && last.value === value) last.until = until;
    else found.push({ since, until, value });
  }
  return found;
};

const overlap = ({ from, to }: TierFault, since: Instant, until: Instant | null): boolean =>
  (until === null || from < until) && (to === null || since < to);
