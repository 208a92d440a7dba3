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
}

/** By key of the tier, in order of time. */
export type TierFaults = ReadonlyMap<string, readonly TierFault[]>;

/** A tier with the terms it has had and will have: in order of time, without overlaps; in gaps it is not in force. */
export interface TierInTime {
  readonly key: string;
  readonly periods: readonly (Period & { readonly terms: Terms })[];
}

const NEVER_IN_FORCE: readonly TierFault[] = [{ kind: 'UNKNOWN_TIER', from: BEGINNING, to: null }];

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
  const faults = new Map(
    tiers.map(({ key }) => [key, [] as { kind: TierFault['kind']; from: Instant; to: Instant | null }[]]),
  );
  const cursors = tiers.map(() => 0);
  const gapped = rememberedGaps();
  for (const at of [...turns].sort()) {
    const inForce = tiers.map(({ periods }, index) => {
      while (periods[cursors[index]!]?.to != null && periods[cursors[index]!]!.to! <= at) cursors[index]!++;
      const period = periods[cursors[index]!];
      return period && period.from <= at ? period.terms : null;
    });
    const incomplete = gapped(inForce);
    for (const [index, { key }] of tiers.entries()) {
      const kind = !inForce[index] ? 'UNKNOWN_TIER' : incomplete[index] ? 'INCOMPLETE_TERMS' : null;
      const own = faults.get(key)!;
      const last = own.at(-1);
      if (last?.to === null && last.kind === kind) continue;
      if (last?.to === null) last.to = at;
      if (kind) own.push({ kind, from: at, to: null });
    }
  }
  return faults;
};

/** Whether each tier leaves a gap. Thousands of versions name the same few priorities, so each set is looked at once. */
const rememberedGaps = () => {
  const names = new WeakMap<Terms, string>();
  const known = new Map<string, readonly boolean[]>();
  const nameOf = (terms: Terms | null): string => {
    if (!terms) return '';
    const name = names.get(terms) ?? JSON.stringify(terms.commitments.map(({ priority }) => priority));
    names.set(terms, name);
    return name;
  };
  return (inForce: readonly (Terms | null)[]): readonly boolean[] => {
    const name = inForce.map(nameOf).join('\n');
    let gaps = known.get(name);
    if (!gaps) {
      const present = inForce.filter((terms) => terms !== null);
      gaps = inForce.map((terms) => terms !== null && gapsIn(terms, present).length > 0);
      known.set(name, gaps);
    }
    return gaps;
  };
};
