import type { ApprovedVersion } from '../../src/domain/change/change.events.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import type { ContractMark } from '../../src/domain/binding/marks.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import { endOfDay, startOfDay } from '../../src/domain/shared/instant.js';
import { CUSTOMERS, type CustomerDocument } from '../../src/application/read-models/customers.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion, markOf } from '../approved-version.js';

/** The customer that an approved version is about; null: it is about something else. */
export const customerOf = ({ content }: ApprovedVersion, subjectId: string): string | null => {
  if ('toTier' in content || 'contractId' in content) return content.customerId;
  return 'exceptionId' in content ? subjectId : null;
};

/** The customer's document after one more version of their mapping, a waiver or a contract. */
export const evolveCustomer = (
  document: CustomerDocument | null,
  version: ApprovedVersion,
  event: RecordedEvent,
): CustomerDocument | null => {
  const customerId = customerOf(version, version.subject.id);
  if (customerId === null) return document;
  const customer = document ?? newCustomer(event.metadata.orgId, customerId);
  const { content } = version;
  const mark = markOf(version, event);
  if ('toTier' in content) {
    const name = content.customerName ?? customer.name;
    const mapping = { ...mark, kind: 'REMAP' as const, tier: content.toTier };
    return {
      ...customer,
      name,
      nameKey: identifierKey(name ?? ''),
      mappings: [...customer.mappings, mapping],
    };
  }
  if ('exceptionId' in content) {
    const waiver = {
      ...mark,
      kind: 'WAIVER' as const,
      exceptionId: content.exceptionId,
      binds: content.binds,
    };
    return { ...customer, waivers: [...customer.waivers, waiver] };
  }
  return 'contractId' in content
    ? withContract(customer, content.contractId, contractMark(version, mark))
    : customer;
};

/** Customers with their mapping, waivers and contracts: one read answers what binds. */
export const customersProjection: Projection<CustomerDocument> = {
  model: CUSTOMERS,
  types: VERSION_EVENTS,
  keys: (event) => {
    const version = approvedVersion(event);
    const customerId = version && customerOf(version, version.subject.id);
    return customerId ? [documentKey(event.metadata.orgId, identifierKey(customerId))] : [];
  },
  evolve: (document, event) => {
    const version = approvedVersion(event);
    return version ? evolveCustomer(document, version, event) : document;
  },
};

const newCustomer = (orgId: string, customerId: string): CustomerDocument => {
  const key = identifierKey(customerId);
  return {
    orgId,
    key,
    customerId,
    name: null,
    nameKey: '',
    reversedKey: [...key].reverse().join(''),
    mappings: [],
    waivers: [],
    contracts: [],
  };
};

const contractMark = (
  { content, timeZone }: ApprovedVersion,
  mark: ReturnType<typeof markOf>,
): ContractMark => {
  if (!('contractId' in content)) throw new Error('A contract version without a contract.');
  const { tier, startsOn, endsOn, primary, overrides } = content;
  return {
    ...mark,
    kind: 'CONTRACT',
    tier,
    startsOn,
    bindsFrom: startOfDay(startsOn, timeZone),
    ...(endsOn === undefined ? {} : { endsOn, bindsUntil: endOfDay(endsOn, timeZone) }),
    timeZone,
    primary: primary ?? false,
    hasOverrides: overrides !== undefined,
  };
};

const withContract = (
  customer: CustomerDocument,
  contractId: string,
  mark: ContractMark,
): CustomerDocument => {
  const key = identifierKey(contractId);
  const known = customer.contracts.some((contract) => contract.key === key);
  const contracts = known
    ? customer.contracts.map((contract) =>
        contract.key === key ? { ...contract, versions: [...contract.versions, mark] } : contract,
      )
    : [...customer.contracts, { contractId, key, versions: [mark] }];
  return { ...customer, contracts };
};
