import type { CustomerFacts } from '../../domain/binding/standing.js';
import { Timeline } from '../../domain/shared/timeline.js';
import type { CustomerDocument } from './customers.read-model.js';

const cache = new WeakMap<CustomerDocument, CustomerFacts>();

/** A customer's document made ready to be asked; made once for each document. */
export const factsOf = (customer: CustomerDocument): CustomerFacts => {
  let facts = cache.get(customer);
  if (!facts) {
    facts = {
      mappings: new Timeline(customer.mappings),
      waivers: new Timeline(customer.waivers),
      contracts: customer.contracts.map(({ contractId, key, versions }) => ({
        contractId,
        key,
        versions: new Timeline(versions),
      })),
    };
    cache.set(customer, facts);
  }
  return facts;
};
