import { earliest, type Instant } from '../shared/instant.js';
import type { ExceptionKind } from './exception-kind.js';
import { bindingTierKey, type Standing } from './standing.js';
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
    return runs(standings, ({ contradiction }) => contradiction)
      .filter(({ value }) => value === kind)
      .map(({ since, until }) => ({ since, until }));
  return runs(standings, relied).flatMap(({ value, since, until }) => {
    if (value === null || (kind === 'UNKNOWN_TIER' && value.overrides)) return [];
    return faultsOf(faults, value.tier)
      .filter((fault) => fault.kind === kind && overlap(fault, since, until))
      .map(({ from, to }) => ({ since: from > since ? from : since, until: earliest(until, to) }));
  });
};

/** The entry that is there at an instant; null: none. */
export const entryAt = (entries: readonly ExceptionEntry[], at: Instant): ExceptionEntry | null =>
  entries.findLast(({ since, until }) => since <= at && (until === null || at < until)) ?? null;

/** What a standing takes its promise from; a contract that overrides has terms even where its tier is not in force. */
const relied = (standing: Standing): { readonly tier: string; readonly overrides: boolean } | null => {
  const tier = bindingTierKey(standing);
  return tier === null
    ? null
    : { tier, overrides: standing.waiver === null && standing.contract?.mark.hasOverrides === true };
};

interface Run<T> extends ExceptionEntry {
  readonly value: T;
}

/** Standings that say the same, taken together. */
const runs = <T>(standings: readonly StandingPeriod[], say: (standing: Standing) => T): readonly Run<T>[] => {
  const found: { since: Instant; until: Instant | null; value: T; said: string }[] = [];
  for (const { from, to, standing } of standings) {
    const value = say(standing);
    const said = JSON.stringify(value);
    const last = found.at(-1);
    if (last?.said === said) last.until = to;
    else found.push({ since: from, until: to, value, said });
  }
  return found;
};

const overlap = ({ from, to }: TierFault, since: Instant, until: Instant | null): boolean =>
  (until === null || from < until) && (to === null || since < to);
