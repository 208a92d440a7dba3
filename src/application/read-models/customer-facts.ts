import type { CustomerFacts } from '../../domain/binding/standing.js';
import { standingsOf, type StandingPeriod } from '../../domain/binding/standings.js';
import type { Instant } from '../../domain/shared/instant.js';
import { Timeline } from '../../domain/shared/timeline.js';
import type { CustomerDocument } from './customers.read-model.js';

const cache = new WeakMap<CustomerDocument, CustomerFacts>();
const standings = new WeakMap<CustomerDocument, readonly StandingPeriod[]>();

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

/** How the customer stands over all time; as known now, made once for each document. */
export const standingsKnown = (
  customer: CustomerDocument,
  known: Instant | undefined,
): readonly StandingPeriod[] => {
  if (known !== undefined) return standingsOf(factsOf(customer), known);
  const kept = standings.get(customer) ?? standingsOf(factsOf(customer));
  standings.set(customer, kept);
  return kept;
};

/** Whether anything about the customer had been recorded by then; `known` absent: now. */
export const wasKnown = (
  { mappings, waivers, contracts }: CustomerDocument,
  known: Instant | undefined,
): boolean =>
  known === undefined ||
  [mappings, waivers, ...contracts.map(({ versions }) => versions)].some(
    ([first]) => first !== undefined && first.recordedAt <= known,
  );

/** Whether the contract had been recorded by then; `known` absent: now. */
export const wasContractKnown = (
  { contracts }: CustomerDocument,
  key: string,
  known: Instant | undefined,
): boolean =>
  contracts.some(
    (contract) =>
      contract.key === key &&
      contract.versions.some(({ recordedAt }) => known === undefined || recordedAt <= known),
  );

/** The contract's id as first written; null when the customer has no such contract, or none was asked for. */
export const contractIdOf = ({ contracts }: CustomerDocument, key: string | undefined): string | null =>
  contracts.find((contract) => contract.key === key)?.contractId ?? null;
