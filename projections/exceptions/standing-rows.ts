import type { KnownFacts } from '../../src/domain/binding/standing.js';
import { bindingTierKey, ownPriorities, standingAt } from '../../src/domain/binding/standing.js';
import { standingsBetween } from '../../src/domain/binding/standings.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import type { Period } from '../../src/domain/shared/timeline.js';
import type {
  StandingDocument,
  StandingRow,
} from '../../src/application/read-models/exceptions.read-model.js';

/** What a standing's document says of an instant. */
export type Said = Pick<StandingDocument, 'kind' | 'waived' | 'tier' | 'ownPriorities' | 'mappedTier'>;

export const saidAt = (facts: KnownFacts, at: Instant): Said => {
  const standing = standingAt(facts, at);
  return {
    kind: standing.contradiction ?? 'NONE',
    waived: standing.waiver !== null,
    tier: bindingTierKey(standing),
    ownPriorities: ownPriorities(standing),
    mappedTier: standing.mapping && identifierKey(standing.mapping.tier),
  };
};

/**
 * The rows after one more version, which changes nothing outside the period given: only that much is looked at, however
 * long the history. A row that still says the same, and for as long, stays the same object.
 *
 * @param rows in order of time, without gaps
 */
export const restood = (
  rows: readonly StandingRow[],
  { before, after }: { readonly before: KnownFacts; readonly after: KnownFacts },
  { from, to }: Period,
  knownFrom: Instant,
): readonly StandingRow[] => {
  const first = rows[0]?.from ?? null;
  // From the first fact on, every instant has its standing.
  const end = first === null ? null : to !== null && to < first ? first : to;
  // The neighbours on both sides may say the same as what comes between them.
  const low = Math.max(startedBefore(rows, from) - 1, 0);
  const high = end === null ? rows.length : startedBefore(rows, end);
  const behind = rows[high]?.from === end ? high + 1 : high;
  const affected = rows.slice(low, behind);

  const starts = standingsBetween(after, from, end).map((period) => period.from);
  if (affected[0] && affected[0].from < from) starts.unshift(affected[0].from);
  if (end !== null) starts.push(end);
  const said = starts.map((at) => saying(after, at));
  const kept = starts.filter((_, place) => place === 0 || said[place] !== said[place - 1]);

  const old = new Map(affected.map((row, place) => [row.from, place]));
  const last = rows[behind]?.from ?? null;
  const renewed = kept.map((at, place): StandingRow => {
    const known = old.get(at);
    const until = known === undefined ? null : (affected[known + 1]?.from ?? last);
    const same = until === (kept[place + 1] ?? last) && saying(before, at) === saying(after, at);
    return known !== undefined && same ? affected[known]! : { from: at, knownFrom };
  });
  return [...rows.slice(0, low), ...renewed, ...rows.slice(behind)];
};

const saying = (facts: KnownFacts, at: Instant): string => JSON.stringify(saidAt(facts, at));

/** How many rows start before the instant. */
const startedBefore = (rows: readonly StandingRow[], instant: Instant): number => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.from < instant) low = middle + 1;
    else high = middle;
  }
  return low;
};
