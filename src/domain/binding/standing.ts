import { identifierKey } from '../shared/identifier.js';
import type { Instant } from '../shared/instant.js';
import type { Precedence } from '../shared/precedence.js';
import type { Timeline } from '../shared/timeline.js';
import { waives } from './exception.js';
import type { CustomerExceptionKind } from './exception-kind.js';
import type { ActiveContract, ContractMark, MappingMark, WaiverMark } from './marks.js';

/** Versions that say which of them binds. */
interface Versions<M> {
  at(instant: Instant, knownAt?: Instant): M | null;
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

/** How a customer stands at one instant. */
export interface Standing {
  /** How the facts contradict one another, settled by a waiver or not; null: they agree. */
  readonly contradiction: CustomerExceptionKind | null;
  /** The contradiction that no waiver settles. */
  readonly exception: CustomerExceptionKind | null;
  readonly mapping: MappingMark | null;
  /** Every contract that binds then. */
  readonly active: readonly ActiveContract[];
  /** The one contract that counts; null: none, or none to be told apart. */
  readonly contract: ActiveContract | null;
  /** The waiver that settles the contradiction. */
  readonly waiver: WaiverMark | null;
}

/**
 * Which facts hold for a customer at `at`, as known at `knownAt` (absent: as known now), and whether they contradict
 * one another. Asked for one contract, the customer's other contracts do not make it ambiguous.
 */
export const standingAt = (
  facts: Facts<Versions<MappingMark>, Versions<WaiverMark>, Versions<ContractMark>>,
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
  const contradiction = contradictionOf(mapping, active, contract);
  const waiver = contradiction && facts.waivers.at(at, knownAt);
  return waiver && waives(waiver, contradiction, mapping, contract)
    ? { contradiction, exception: null, mapping, active, contract, waiver }
    : { contradiction, exception: contradiction, mapping, active, contract, waiver: null };
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
