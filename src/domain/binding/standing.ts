import { identifierKey } from '../shared/identifier.js';
import type { Instant } from '../shared/instant.js';
import type { Period, Timeline } from '../shared/timeline.js';
import { waives } from './exception.js';
import type { CustomerExceptionKind } from './exception-kind.js';
import type { ActiveContract, ContractMark, MappingMark, WaiverMark } from './marks.js';

/** Everything about a customer that decides what binds them, on both time axes. */
export interface CustomerFacts {
  readonly mappings: Timeline<MappingMark>;
  readonly waivers: Timeline<WaiverMark>;
  readonly contracts: readonly {
    readonly contractId: string;
    readonly key: string;
    readonly versions: Timeline<ContractMark>;
  }[];
}

/** How a customer stands at one instant. */
export interface Standing {
  readonly exception: CustomerExceptionKind | null;
  readonly mapping: MappingMark | null;
  /** Every contract that binds then. */
  readonly active: readonly ActiveContract[];
  /** The one contract that counts; null: none, or none to be told apart. */
  readonly contract: ActiveContract | null;
  /** The waiver that settles what would be an exception. */
  readonly waiver: WaiverMark | null;
}

/**
 * Which facts hold for a customer at `at`, as known at `knownAt` (absent: as known now), and whether they contradict
 * one another. Asked for one contract, the customer's other contracts do not make it ambiguous.
 */
export const standingAt = (
  facts: CustomerFacts,
  at: Instant,
  knownAt?: Instant,
  contractKey?: string,
): Standing => {
  const mapping = facts.mappings.at(at, knownAt);
  const active: ActiveContract[] = [];
  for (const { contractId, key, versions } of facts.contracts) {
    if (contractKey !== undefined && key !== contractKey) continue;
    const mark = versions.at(at, knownAt);
    if (mark && mark.bindsFrom <= at && (mark.bindsUntil === undefined || at < mark.bindsUntil))
      active.push({ contractId, key, mark });
  }
  const contract = theOneOf(active);
  const exception = exceptionOf(mapping, active, contract);
  const waiver = exception && facts.waivers.at(at, knownAt);
  return waiver && waives(waiver, exception, mapping, contract)
    ? { exception: null, mapping, active, contract, waiver }
    : { exception, mapping, active, contract, waiver: null };
};

/** The key of the tier that binds when the facts agree; null when they do not. */
export const bindingTierKey = ({ exception, mapping, contract, waiver }: Standing): string | null => {
  if (exception) return null;
  const tier = waiver?.binds === 'MAPPED_TIER' ? mapping?.tier : (contract?.mark.tier ?? mapping?.tier);
  return tier === undefined ? null : identifierKey(tier);
};

export interface StandingPeriod extends Period {
  readonly standing: Standing;
}

/** All standings of a customer in order of time; before the first fact there is none. */
export const standingsOf = (facts: CustomerFacts, knownAt?: Instant): readonly StandingPeriod[] => {
  const periods: { from: Instant; to: Instant | null; standing: Standing }[] = [];
  for (const from of turningPoints(facts, knownAt)) {
    const standing = standingAt(facts, from, knownAt);
    const last = periods.at(-1);
    if (last && sameStanding(last.standing, standing)) continue;
    if (last) last.to = from;
    periods.push({ from, to: null, standing });
  }
  return periods;
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

const theOneOf = (active: readonly ActiveContract[]): ActiveContract | null => {
  if (active.length <= 1) return active[0] ?? null;
  const primary = active.filter(({ mark }) => mark.primary);
  return primary.length === 1 ? primary[0]! : null;
};

const exceptionOf = (
  mapping: MappingMark | null,
  active: readonly ActiveContract[],
  contract: ActiveContract | null,
): CustomerExceptionKind | null => {
  if (active.length === 0) return 'NO_ACTIVE_CONTRACT';
  if (!contract) return 'AMBIGUOUS_CONTRACTS';
  // A contract that overrides the terms names the promise by itself.
  if (contract.mark.hasOverrides) return null;
  if (!mapping) return 'UNMAPPED';
  return identifierKey(mapping.tier) === identifierKey(contract.mark.tier) ? null : 'TIER_MISMATCH';
};

const sameStanding = (a: Standing, b: Standing): boolean =>
  a.exception === b.exception &&
  a.waiver?.number === b.waiver?.number &&
  sameTier(a.mapping?.tier, b.mapping?.tier) &&
  a.contract?.key === b.contract?.key &&
  sameTier(a.contract?.mark.tier, b.contract?.mark.tier) &&
  a.contract?.mark.hasOverrides === b.contract?.mark.hasOverrides;

const sameTier = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && identifierKey(a) === identifierKey(b));
