import type { ContractMark, MappingMark } from '../binding/marks.js';
import { bindingTierKey, standingAt } from '../binding/standing.js';
import type { ExceptionKind } from '../binding/exception-kind.js';
import type { ContractContent, RemapContent } from '../change/content.js';
import { identifierKey } from '../shared/identifier.js';
import { endOfDay, startOfDay, type Instant } from '../shared/instant.js';
import { Timeline } from '../shared/timeline.js';
import type { KnownCustomer, ReferenceFacts, TierNames } from './reference-facts.js';

/** The exception a customer would be in now, were the mapping and the contract approved now; null: none. */
export const exceptionAfter = (
  customer: KnownCustomer | undefined,
  mapping: RemapContent | null,
  contract: ContractContent | null,
  facts: ReferenceFacts,
): ExceptionKind | null => {
  if (customer) return standingException(customer, mapping, contract, facts);
  // Of a new customer only this much counts, and most rows of a sheet are alike in it.
  const { tier, startsOn, endsOn, timeZone } = contract ?? {};
  const key = JSON.stringify([facts.now, facts.timeZone, mapping?.toTier, tier, startsOn, endsOn, timeZone]);
  const alike = newcomers.get(facts.tiers) ?? new Map<string, ExceptionKind | null>();
  newcomers.set(facts.tiers, alike);
  const found = alike.get(key);
  if (found !== undefined) return found;
  const exception = standingException(undefined, mapping, contract, facts);
  if (alike.size >= MOST_REMEMBERED) alike.clear();
  alike.set(key, exception);
  return exception;
};

const newcomers = new WeakMap<TierNames, Map<string, ExceptionKind | null>>();
const MOST_REMEMBERED = 10_000;

const standingException = (
  customer: KnownCustomer | undefined,
  mapping: RemapContent | null,
  contract: ContractContent | null,
  facts: ReferenceFacts,
): ExceptionKind | null => {
  const known = customer ?? { mappings: [], waivers: [], contracts: [] };
  const key = contract && identifierKey(contract.contractId);
  const before = known.contracts.find((other) => other.key === key);
  const contracts = known.contracts
    .filter((other) => other.key !== key)
    .map((other) => ({ ...other, versions: new Timeline(other.versions) }));
  if (contract && key !== null)
    contracts.push({
      contractId: contract.contractId,
      key,
      versions: new Timeline([...(before?.versions ?? []), contractMark(contract, facts)]),
    });
  const standing = standingAt(
    {
      mappings: new Timeline(mapping ? [...known.mappings, mappingMark(mapping, facts.now)] : known.mappings),
      waivers: new Timeline(known.waivers),
      contracts,
    },
    facts.now,
  );
  if (standing.exception) return standing.exception;
  const tier = bindingTierKey(standing);
  return tier === null || facts.tiers.has(tier) || standing.contract?.mark.hasOverrides
    ? null
    : 'UNKNOWN_TIER';
};

/** A version that is only imagined, approved now. */
const imagined = (now: Instant) => ({
  number: Number.MAX_SAFE_INTEGER,
  changeId: '',
  position: '',
  effectiveFrom: now,
  recordedAt: now,
});

const mappingMark = ({ toTier }: RemapContent, now: Instant): MappingMark => ({
  ...imagined(now),
  kind: 'REMAP',
  tier: toTier,
});

const contractMark = (
  { tier, startsOn, endsOn, timeZone, primary, overrides }: ContractContent,
  facts: ReferenceFacts,
): ContractMark => {
  const zone = timeZone ?? facts.timeZone;
  return {
    ...imagined(facts.now),
    kind: 'CONTRACT',
    tier,
    startsOn,
    bindsFrom: startOfDay(startsOn, zone),
    ...(endsOn === undefined ? {} : { endsOn, bindsUntil: endOfDay(endsOn, zone) }),
    timeZone: zone,
    primary: primary ?? false,
    hasOverrides: overrides !== undefined,
  };
};
