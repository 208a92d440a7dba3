import { identifierKey } from '../shared/identifier.js';
import { earliest, type Instant } from '../shared/instant.js';
import type { Period } from '../shared/timeline.js';
import { ownPriorities, standingAt, type CustomerFacts, type KnownFacts, type Standing } from './standing.js';

export interface StandingPeriod extends Period {
  readonly standing: Standing;
}

/** All standings of a customer in order of time and without gaps; before the first fact there is none. */
export const standingsOf = (facts: CustomerFacts, knownAt?: Instant): readonly StandingPeriod[] => {
  const periods: { from: Instant; to: Instant | null; standing: Standing }[] = [];
  for (const from of turningPoints(facts, knownAt)) append(periods, from, standingAt(facts, from, knownAt));
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

/** The first instant after `at` at which the standing may change; null: none. */
const turnAfter = ({ mappings, waivers, contracts }: KnownFacts, at: Instant): Instant | null => {
  const ends = [mappings.turnAfter(at), waivers.turnAfter(at)];
  for (const { versions } of contracts) {
    const mark = versions.at(at);
    ends.push(versions.turnAfter(at));
    if (mark && mark.bindsFrom > at) ends.push(mark.bindsFrom);
    if (mark?.bindsUntil !== undefined && mark.bindsUntil > at) ends.push(mark.bindsUntil);
  }
  return earliest(...ends);
};

/** Every instant at which the standing may change. */
const turningPoints = (facts: CustomerFacts, knownAt?: Instant): readonly Instant[] => {
  const points = new Set<Instant>();
  const marks = [
    facts.mappings.marks,
    facts.waivers.marks,
    ...facts.contracts.map((c) => c.versions.marks),
  ].flat();
  for (const mark of marks) {
    if (knownAt !== undefined && mark.recordedAt > knownAt) continue;
    points.add(mark.effectiveFrom);
    if (mark.effectiveUntil !== undefined) points.add(mark.effectiveUntil);
  }
  const first = [...points].sort()[0];
  for (const { versions } of facts.contracts)
    for (const { recordedAt, bindsFrom, bindsUntil } of versions.marks) {
      if (knownAt !== undefined && recordedAt > knownAt) continue;
      // Before the first version nothing is promised, whatever dates that version names.
      if (first !== undefined && bindsFrom > first) points.add(bindsFrom);
      if (first !== undefined && bindsUntil !== undefined && bindsUntil > first) points.add(bindsUntil);
    }
  return [...points].sort();
};

const sameTier = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && identifierKey(a) === identifierKey(b));
