import type { ContractMark } from '../../src/domain/binding/marks.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import { CUSTOMERS, type CustomerDocument } from '../../src/application/read-models/customers.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion } from '../approved-version.js';
import { customerMarkOf, customerOf, type CustomerMark } from './customer-mark.js';

/** Customers with their mapping, waivers and contracts: one read answers what binds. */
export const customersProjection: Projection<CustomerDocument> = {
  model: CUSTOMERS,
  types: VERSION_EVENTS,
  keys: (event) => {
    const version = approvedVersion(event);
    const customerId = version && customerOf(version);
    return customerId ? [documentKey(event.metadata.orgId, identifierKey(customerId))] : [];
  },
  evolve: (document, event) => {
    const version = approvedVersion(event);
    const said = version && customerMarkOf(version, event);
    return said ? withMark(document ?? newCustomer(event.metadata.orgId, said.customerId), said) : document;
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

const withMark = (customer: CustomerDocument, said: CustomerMark): CustomerDocument => {
  if ('contractId' in said) return withContract(customer, said.contractId, said.mark);
  if (!('customerName' in said)) return { ...customer, waivers: [...customer.waivers, said.mark] };
  const name = said.customerName ?? customer.name;
  return {
    ...customer,
    name,
    nameKey: identifierKey(name ?? ''),
    mappings: [...customer.mappings, said.mark],
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
