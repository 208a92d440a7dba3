import type { ContractMark, MappingMark } from '../binding/marks.js';
import { bindingTierKey, standingAt } from '../binding/standing.js';
import type { ExceptionKind } from '../binding/exception-kind.js';
import type { ContractContent, RemapContent } from '../change/content.js';
import { identifierKey } from '../shared/identifier.js';
import { endOfDay, startOfDay, type Instant, type LocalDate } from '../shared/instant.js';
import { Timeline } from '../shared/timeline.js';
import type { KnownCustomer, ReferenceFacts } from './reference-facts.js';

/** The exception a customer would be in now, were the mapping and the contract approved now; null: none. */
export const exceptionAfter = (
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
    bindsFrom: startOf(startsOn, zone),
    ...(endsOn === undefined ? {} : { endsOn, bindsUntil: endOf(endsOn, zone) }),
    timeZone: zone,
    primary: primary ?? false,
    hasOverrides: overrides !== undefined,
  };
};

/** Sheets name few different days many times over, and a day's borders in a zone are dear to work out. */
const remembered = (compute: (date: LocalDate, zone: string) => Instant) => {
  const known = new Map<string, Instant>();
  return (date: LocalDate, zone: string): Instant => {
    const key = `${date}${zone}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size > 10_000) known.clear();
    const instant = compute(date, zone);
    known.set(key, instant);
    return instant;
  };
};

const startOf = remembered(startOfDay);
const endOf = remembered(endOfDay);
