import { identifierKey } from '../shared/identifier.js';
import type { Instant } from '../shared/instant.js';
import { endsOf, type Mark, type Period } from '../shared/mark.js';
import {
  ownPriorities,
  standingAt,
  turnAfter,
  type CustomerFacts,
  type KnownFacts,
  type Standing,
} from './standing.js';

export interface StandingPeriod extends Period {
  readonly standing: Standing;
}

/** All standings of a customer in order of time and without gaps; before the first fact there is none. */
export const standingsOf = (facts: CustomerFacts, knownAt?: Instant): readonly StandingPeriod[] => {
  const periods: { from: Instant; to: Instant | null; standing: Standing }[] = [];
  for (const from of turnsOf(facts, knownAt)) append(periods, from, standingAt(facts, from, knownAt));
  return periods;
};

/** How a customer stands from `from` on, up to `to` (null: for ever), step by step and no further. */
export const standingsBetween = (
  facts: KnownFacts,
  from: Instant,
  to: Instant | null,
): readonly StandingPeriod[] => {
  const periods: { from: Instant; to: Instant | null; standing: Standing }[] = [];
  for (let at: Instant | null = from; at !== null && (to === null || at < to); at = turnAfter(facts, at))
    append(periods, at, standingAt(facts, at));
  const last = periods.at(-1);
  if (last) last.to = to;
  return periods;
};

/** Whether two standings say the same about who binds and why not. */
export const sameStanding = (a: Standing, b: Standing): boolean =>
  a.contradiction === b.contradiction &&
  a.waiver?.binds === b.waiver?.binds &&
  sameTier(a.mapping?.tier, b.mapping?.tier) &&
  a.contract?.key === b.contract?.key &&
  sameTier(a.contract?.mark.tier, b.contract?.mark.tier) &&
  ownPriorities(a)?.join() === ownPriorities(b)?.join();

const append = (
  periods: { from: Instant; to: Instant | null; standing: Standing }[],
  from: Instant,
  standing: Standing,
): void => {
  const last = periods.at(-1);
  if (last && sameStanding(last.standing, standing)) return;
  if (last) last.to = from;
  periods.push({ from, to: null, standing });
};

/** Every instant at which the standing may change. */
const turnsOf = ({ mappings, waivers, contracts }: CustomerFacts, knownAt?: Instant): readonly Instant[] => {
  const known = <M extends Mark>(marks: readonly M[]): readonly M[] =>
    knownAt === undefined ? marks : marks.filter(({ recordedAt }) => recordedAt <= knownAt);
  const promised = contracts.flatMap(({ versions }) => known(versions.marks));
  const ends = endsOf([...known(mappings.marks), ...known(waivers.marks), ...promised]);
  const terms = promised.flatMap(({ bindsFrom, bindsUntil }) => [bindsFrom].concat(bindsUntil ?? []));
  // Before the first version nothing is promised, whatever dates that version names.
  return [...new Set([...ends, ...terms.filter((instant) => instant > ends[0]!)])].sort();
};

const sameTier = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && identifierKey(a) === identifierKey(b));
