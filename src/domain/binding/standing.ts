import { identifierKey } from '../shared/identifier.js';
import { earliest, type Instant } from '../shared/instant.js';
import type { Precedence } from '../shared/precedence.js';
import type { Timeline } from '../shared/timeline.js';
import type { CustomerExceptionKind } from './exception-kind.js';
import type { ActiveContract, ContractMark, MappingMark, WaiverMark } from './marks.js';

/** Versions that say which of them binds. */
interface Versions<M> {
  at(instant: Instant, knownAt?: Instant): M | null;
  turnAfter(instant: Instant): Instant | null;
}

interface Facts<Mapping, Waiver, Contract> {
  readonly mappings: Mapping;
  readonly waivers: Waiver;
  readonly contracts: readonly {
    readonly contractId: string;
    readonly key: string;
    readonly versions: Contract;
  }[];
}

/** Everything about a customer that decides what binds them, on both time axes. */
export type CustomerFacts = Facts<Timeline<MappingMark>, Timeline<WaiverMark>, Timeline<ContractMark>>;

/** {@link CustomerFacts} as far as they are known now. */
export type KnownFacts = Facts<Precedence<MappingMark>, Precedence<WaiverMark>, Precedence<ContractMark>>;

type AnyFacts = Facts<Versions<MappingMark>, Versions<WaiverMark>, Versions<ContractMark>>;

/** What the facts say at one instant, waivers aside. */
interface Said {
  /** How the facts contradict one another, settled by a waiver or not; null: they agree. */
  readonly contradiction: CustomerExceptionKind | null;
  readonly mapping: MappingMark | null;
  /** Every contract that binds then. */
  readonly active: readonly ActiveContract[];
  /** The one contract that counts; null: none, or none to be told apart. */
  readonly contract: ActiveContract | null;
}

/** How a customer stands at one instant. */
export interface Standing extends Said {
  /** The contradiction that no waiver settles. */
  readonly exception: CustomerExceptionKind | null;
  /** The waiver that settles the contradiction. */
  readonly waiver: WaiverMark | null;
}

/**
 * Which facts hold for a customer at `at`, as known at `knownAt` (absent: as known now), and whether they contradict
 * one another. Asked for one contract, the customer's other contracts do not make it ambiguous.
 */
export const standingAt = (
  facts: AnyFacts,
  at: Instant,
  knownAt?: Instant,
  contractKey?: string,
): Standing => {
  const asked =
    contractKey === undefined
      ? facts
      : { ...facts, contracts: facts.contracts.filter(({ key }) => key === contractKey) };
  const said = saidAt(asked, at, knownAt);
  const waiver = said.contradiction && facts.waivers.at(at, knownAt);
  return waiver && waives(waiver, said) && hasLasted(asked, waiver.effectiveFrom, at, said, knownAt)
    ? { ...said, exception: null, waiver }
    : { ...said, exception: said.contradiction, waiver: null };
};

/** The first instant after `at` at which the standing may change; null: none. */
export const turnAfter = (
  { mappings, waivers, contracts }: AnyFacts,
  at: Instant,
  knownAt?: Instant,
): Instant | null => {
  const ends = [mappings.turnAfter(at), waivers.turnAfter(at)];
  for (const { versions } of contracts) {
    const mark = versions.at(at, knownAt);
    ends.push(versions.turnAfter(at));
    if (mark && mark.bindsFrom > at) ends.push(mark.bindsFrom);
    if (mark?.bindsUntil !== undefined && mark.bindsUntil > at) ends.push(mark.bindsUntil);
  }
  return earliest(...ends);
};

/** The key of the tier that binds when the facts agree or a waiver settles them; null when neither. */
export const bindingTierKey = ({ exception, mapping, contract, waiver }: Standing): string | null => {
  if (exception) return null;
  const tier = waiver?.binds === 'MAPPED_TIER' ? mapping?.tier : (contract?.mark.tier ?? mapping?.tier);
  return tier === undefined ? null : identifierKey(tier);
};

/** Keys of the priorities that the contract commits to in the tier's place; null: the tier alone binds. */
export const ownPriorities = ({ contract, waiver }: Standing): readonly string[] | null =>
  contract?.mark.hasOverrides && !waiver ? (contract.mark.ownPriorities ?? []) : null;

const saidAt = ({ mappings, contracts }: AnyFacts, at: Instant, knownAt?: Instant): Said => {
  const mapping = mappings.at(at, knownAt);
  const active: ActiveContract[] = [];
  for (const { contractId, key, versions } of contracts) {
    const mark = versions.at(at, knownAt);
    if (mark && mark.bindsFrom <= at && (mark.bindsUntil === undefined || at < mark.bindsUntil))
      active.push({ contractId, key, mark });
  }
  const contract = theOneOf(active);
  return { contradiction: contradictionOf(mapping, active, contract), mapping, active, contract };
};

/** A waiver settles the kind of exception it was approved for, as long as the side it names is there. */
const waives = ({ exceptionId, binds }: WaiverMark, { contradiction, mapping, contract }: Said): boolean =>
  exceptionId.startsWith(`${contradiction}~`) &&
  (binds === 'MAPPED_TIER' ? mapping !== null : contract !== null);

/** Whether the facts have contradicted one another in that way ever since: what comes back is another exception. */
const hasLasted = (
  facts: AnyFacts,
  since: Instant,
  at: Instant,
  { contradiction }: Said,
  knownAt?: Instant,
): boolean => {
  for (let then: Instant | null = since; then !== null && then < at; then = turnAfter(facts, then, knownAt))
    if (saidAt(facts, then, knownAt).contradiction !== contradiction) return false;
  return true;
};

const theOneOf = (active: readonly ActiveContract[]): ActiveContract | null => {
  if (active.length <= 1) return active[0] ?? null;
  const primary = active.filter(({ mark }) => mark.primary);
  return primary.length === 1 ? primary[0]! : null;
};

const contradictionOf = (
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
