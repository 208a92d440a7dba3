import type { Instant } from '../shared/instant.js';
import { identifierKey } from '../shared/identifier.js';
import type { Period } from '../shared/timeline.js';
import type { Terms } from '../terms/terms.js';
import { prioritiesInUse } from './bind.js';

/** Before any fact there was nothing, for as long as can be told. */
export const BEGINNING: Instant = '0001-01-01T00:00:00.000Z';

/** A time in which a tier fails those who rely on it: it is not in force, or leaves a priority in use out. */
export interface TierFault extends Period {
  readonly kind: 'UNKNOWN_TIER' | 'INCOMPLETE_TERMS';
  /** Keys of the priorities left out. */
  readonly missing: readonly string[];
}

/** By key of the tier, in order of time. */
export type TierFaults = ReadonlyMap<string, readonly TierFault[]>;

/** A tier with the terms it has had and will have: in order of time, without overlaps; in gaps it is not in force. */
export interface TierInTime {
  readonly key: string;
  readonly periods: readonly (Period & { readonly terms: Terms })[];
}

const NEVER_IN_FORCE: readonly TierFault[] = [
  { kind: 'UNKNOWN_TIER', missing: [], from: BEGINNING, to: null },
];

/** A tier that never was is not in force at any time. */
export const faultsOf = (faults: TierFaults, tierKey: string): readonly TierFault[] =>
  faults.get(tierKey) ?? NEVER_IN_FORCE;

/** What is missing in a tier's terms beside the others in force: priorities in use without a commitment. */
export const gapsIn = (terms: Terms, inForce: readonly Terms[]): readonly string[] => {
  const own = new Set(terms.commitments.map(({ priority }) => identifierKey(priority)));
  return prioritiesInUse(terms, inForce).filter((priority) => !own.has(identifierKey(priority)));
};

/** When each tier fails those who rely on it: one pass over all instants at which a tier begins or ends. */
export const tierFaults = (tiers: readonly TierInTime[]): TierFaults => {
  const turns = new Set<Instant>([BEGINNING]);
  for (const { periods } of tiers)
    for (const { from, to } of periods) {
      turns.add(from);
      if (to !== null) turns.add(to);
    }
  const faults = new Map<string, Open[]>(tiers.map(({ key }) => [key, []]));
  const cursors = tiers.map(() => 0);
  const missingIn = rememberedGaps();
  for (const at of [...turns].sort()) {
    const inForce = tiers.map(({ periods }, index) => {
      while (periods[cursors[index]!]?.to != null && periods[cursors[index]!]!.to! <= at) cursors[index]!++;
      const period = periods[cursors[index]!];
      return period && period.from <= at ? period.terms : null;
    });
    const missing = missingIn(inForce);
    for (const [index, { key }] of tiers.entries())
      turn(faults.get(key)!, at, inForce[index] ? missing[index]! : null);
  }
  return faults;
};

type Open = { -readonly [K in keyof TierFault]: TierFault[K] };

/** @param missing null: the tier is not in force */
const turn = (faults: Open[], at: Instant, missing: readonly string[] | null): void => {
  const kind = missing === null ? 'UNKNOWN_TIER' : missing.length > 0 ? 'INCOMPLETE_TERMS' : null;
  const last = faults.at(-1);
  const open = last?.to === null ? last : undefined;
  if (open?.kind === kind && open?.missing.join() === (missing ?? []).join()) return;
  if (open) open.to = at;
  if (kind) faults.push({ kind, missing: missing ?? [], from: at, to: null });
};

/** What each tier leaves out, by key. Thousands of versions name the same few priorities: each set is looked at once. */
const rememberedGaps = () => {
  const names = new WeakMap<Terms, string>();
  const known = new Map<string, readonly (readonly string[])[]>();
  const nameOf = (terms: Terms | null): string => {
    if (!terms) return '';
    const name = names.get(terms) ?? JSON.stringify(terms.commitments.map(({ priority }) => priority));
    names.set(terms, name);
    return name;
  };
  return (inForce: readonly (Terms | null)[]): readonly (readonly string[])[] => {
    const name = inForce.map(nameOf).join('\n');
    let gaps = known.get(name);
    if (!gaps) {
      const present = inForce.filter((terms) => terms !== null);
      gaps = inForce.map((terms) => (terms ? gapsIn(terms, present).map(identifierKey).sort() : []));
      known.set(name, gaps);
    }
    return gaps;
  };
};
