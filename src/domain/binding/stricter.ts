import type { CoverageContent } from '../change/content.js';
import { opensWhenever } from '../coverage/opens-whenever.js';
import { surelySlower, TARGET_FIELDS, targetOf, type Target, type TargetField } from '../matrix/target.js';
import { identifierKey } from '../shared/identifier.js';
import type { ChannelPromise, Commitment, CreditRule, Terms } from '../terms/terms.js';

/** One of several promises that contradict one another. */
export interface Side {
  /** In words: `the mapped tier Gold`. */
  readonly name: string;
  readonly terms: Terms;
}

/** The hours of a coverage. */
export type CoverageOf = (key: string) => CoverageContent;

/** A commitment put together from those of one coverage, and whose each target is. */
interface Merged {
  readonly commitment: Commitment;
  readonly targets: Readonly<Record<TargetField, Target>>;
  readonly from: Readonly<Record<TargetField, string>>;
}

/**
 * The stricter of several promises, commitment by commitment. Under one coverage target by target; of commitments under
 * different coverages the one that is stricter overall, as the matrix is compared, because half a commitment under
 * other hours would be a promise that nobody made. What only one side promises is taken.
 *
 * @param sides at least one; where none is stricter the first counts
 */
export const strictest = (
  sides: readonly Side[],
  coverageOf: CoverageOf,
): { readonly terms: Terms; readonly steps: readonly string[] } => {
  const priorities = new Map<string, string>();
  for (const { terms } of sides)
    for (const { priority } of terms.commitments)
      if (!priorities.has(identifierKey(priority))) priorities.set(identifierKey(priority), priority);
  const chosen = [...priorities.keys()].map((priority) => chosenFor(priority, sides, coverageOf));
  const all = sides.map(({ terms }) => terms);
  const notes = [...new Set(all.map((terms) => terms.notes).filter((note) => note != null))];
  return {
    terms: {
      commitments: chosen.map(({ commitment }) => commitment),
      channels: all.flatMap(({ channels }) => channels).reduce(withChannel, []),
      features: [
        ...new Map(
          all.flatMap(({ features }) => features).map((text) => [identifierKey(text), text]),
        ).values(),
      ],
      uptimePercent: highest(all.map((terms) => terms.uptimePercent)),
      achievementPercent: highest(all.map((terms) => terms.achievementPercent)),
      credits: all.map((terms) => terms.credits ?? null).reduce(betterCredits),
      notes: notes.length > 0 ? notes.join('\n\n') : null,
    },
    steps: chosen.map(inWords),
  };
};

const chosenFor = (priority: string, sides: readonly Side[], coverageOf: CoverageOf): Merged => {
  const byCoverage = new Map<string, Merged>();
  for (const { name, terms } of sides)
    for (const commitment of terms.commitments) {
      if (identifierKey(commitment.priority) !== priority) continue;
      const key = identifierKey(commitment.coverage);
      const other = byCoverage.get(key);
      const own = promiseOf(name, commitment, coverageOf(commitment.coverage));
      byCoverage.set(key, other ? targetByTarget(other, own) : own);
    }
  const candidates = [...byCoverage.values()];
  const undominated = candidates.filter(
    (one) =>
      !candidates.some(
        (other) => leads(other, one, surelySlower) > 0 && leads(one, other, surelySlower) === 0,
      ),
  );
  return (undominated.length > 0 ? undominated : candidates).reduce((best, next) =>
    (ahead(next, best, surelySlower) || ahead(next, best, slowerByClock)) > 0 ? next : best,
  );
};

const promiseOf = (name: string, commitment: Commitment, coverage: CoverageContent): Merged => ({
  commitment,
  targets: {
    firstResponse: targetOf(commitment, 'firstResponse', coverage),
    nextUpdate: targetOf(commitment, 'nextUpdate', coverage),
    resolution: targetOf(commitment, 'resolution', coverage),
  },
  from: { firstResponse: name, nextUpdate: name, resolution: name },
});

const targetByTarget = (one: Merged, other: Merged): Merged =>
  TARGET_FIELDS.reduce(
    (merged, field) =>
      other.targets[field].minutes < merged.targets[field].minutes
        ? {
            commitment: { ...merged.commitment, [field]: other.commitment[field] },
            targets: { ...merged.targets, [field]: other.targets[field] },
            from: { ...merged.from, [field]: other.from[field] },
          }
        : merged,
    one,
  );

type Slower = (target: Target, than: Target) => boolean;

/** In how many targets one is stricter than the other. */
const leads = (one: Merged, other: Merged, slower: Slower): number =>
  TARGET_FIELDS.filter((field) => slower(other.targets[field], one.targets[field])).length;

const ahead = (one: Merged, other: Merged, slower: Slower): number =>
  leads(one, other, slower) - leads(other, one, slower);

/** As much time on a clock that stands still more often. */
const slowerByClock: Slower = (target, than) =>
  target.text !== null &&
  target.minutes === than.minutes &&
  opensWhenever(than.coverage, target.coverage) &&
  !opensWhenever(target.coverage, than.coverage);

/** A channel under the same hours serves the priorities of both. */
const withChannel = (
  channels: readonly ChannelPromise[],
  promise: ChannelPromise,
): readonly ChannelPromise[] => {
  const same = (other: ChannelPromise): boolean =>
    identifierKey(other.channel) === identifierKey(promise.channel) &&
    identifierKey(other.coverage ?? '') === identifierKey(promise.coverage ?? '');
  const known = channels.find(same);
  if (!known) return [...channels, promise];
  const { priorities: _, ...everything } = known;
  const both =
    known.priorities && promise.priorities
      ? { ...known, priorities: [...new Set([...known.priorities, ...promise.priorities])] }
      : everything;
  return channels.map((other) => (other === known ? both : other));
};

const betterCredits = (a: CreditRule | null, b: CreditRule | null): CreditRule | null => {
  if (!a || !b) return a ?? b;
  return {
    percentPerBreach: Math.max(a.percentPerBreach, b.percentPerBreach),
    monthlyCapPercent: Math.max(a.monthlyCapPercent, b.monthlyCapPercent),
  };
};

const highest = (percents: readonly (number | null | undefined)[]): number | null =>
  percents.reduce<number | null>(
    (best, percent) => (percent == null || (best !== null && best >= percent) ? best : percent),
    null,
  );

const WORDS: Readonly<Record<TargetField, string>> = {
  firstResponse: 'first response',
  nextUpdate: 'next update',
  resolution: 'resolution',
};

const inWords = ({ commitment, from }: Merged): string => {
  const { priority, coverage } = commitment;
  const promised = TARGET_FIELDS.filter((field) => commitment[field] !== null);
  const givers = new Set(promised.map((field) => from[field]));
  if (givers.size <= 1)
    return `${priority}, under ${coverage}: from ${from[promised[0] ?? 'firstResponse']}.`;
  const parts = promised.map((field) => `${WORDS[field]} ${commitment[field]} from ${from[field]}`);
  return `${priority}, under ${coverage}: ${parts.join(', ')}.`;
};
