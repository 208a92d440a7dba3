import { earliest, type Instant } from '../shared/instant.js';
import type { Period, Timeline } from '../shared/timeline.js';
import type { ExceptionKind } from './exception-kind.js';
import type { VersionMark } from './marks.js';
import { bindingTierKey, standingsOf, type CustomerFacts, type StandingPeriod } from './standing.js';

/** Before any fact there was nothing, for as long as can be told. */
export const BEGINNING: Instant = '0001-01-01T00:00:00.000Z';

export interface ExceptionPeriod {
  readonly since: Instant;
  /** null: until a fact changes */
  readonly until: Instant | null;
}

/**
 * From when to when an exception that is there at `at` lasts. One of the customer's own: the run of standings of its kind.
 * One of the tier's: as long as that tier would bind and is not in force, or stays in the version that leaves a gap.
 *
 * @param tier versions of the tier that would bind; absent: there never was such a tier
 */
export const exceptionPeriod = (
  facts: CustomerFacts,
  kind: ExceptionKind,
  at: Instant,
  known: Instant | undefined,
  tier: Timeline<VersionMark> | undefined,
): ExceptionPeriod => {
  const standings = standingsOf(facts, known);
  const index = standings.findLastIndex(({ from }) => from <= at);
  const standing = standings[index];
  if (!standing) return { since: BEGINNING, until: standings[0]?.from ?? null };
  const run = runAround(standings, index);
  if (kind !== 'UNKNOWN_TIER' && kind !== 'INCOMPLETE_TERMS') return run;
  const of = tier ? tierPeriod(tier, kind, at, known) : { from: BEGINNING, to: null };
  return { since: later(run.since, of.from), until: earliest(run.until, of.to) };
};

/** Standings without a gap that say the same about who binds. */
const runAround = (standings: readonly StandingPeriod[], index: number): ExceptionPeriod => {
  const of = ({ standing }: StandingPeriod) => standing.exception ?? `tier ${bindingTierKey(standing) ?? ''}`;
  const same = of(standings[index]!);
  let [first, last] = [index, index];
  while (first > 0 && of(standings[first - 1]!) === same) first--;
  while (last + 1 < standings.length && of(standings[last + 1]!) === same) last++;
  return { since: standings[first]!.from, until: standings[last]!.to };
};

/** The time around `at` in which the tier is not in force; or, in force, the time of its version. */
const tierPeriod = (
  tier: Timeline<VersionMark>,
  kind: 'UNKNOWN_TIER' | 'INCOMPLETE_TERMS',
  at: Instant,
  known: Instant | undefined,
): Period => {
  const inForce = tier.segments(known).filter(({ mark }) => mark.kind === 'TIER_TERMS');
  const holding = inForce.find(({ from, to }) => from <= at && (to === null || at < to));
  if (kind === 'INCOMPLETE_TERMS' && holding) return holding;
  const ended = inForce.findLast(({ to }) => to !== null && to <= at);
  const begins = inForce.find(({ from }) => from > at);
  return { from: ended?.to ?? BEGINNING, to: begins?.from ?? null };
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
