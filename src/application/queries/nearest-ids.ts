import { editDistance } from '../../domain/shared/nearest.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel, ReadStore } from '../ports/read-store.js';
import { CONTRACTS, type ContractDocument } from '../read-models/contracts.read-model.js';
import { wasContractKnown, wasKnown } from '../read-models/customer-facts.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';

/** How far around the place in each index neighbours are taken. */
const NEIGHBOURS = 12;
const ANSWERED = 5;

interface Identified {
  readonly orgId: string;
  readonly key: string;
  readonly reversedKey: string;
}

/**
 * The nearest known ids of the caller's own organization. Neighbours in the order of ids share a beginning, neighbours in
 * the order of reversed ids share an end; a slip anywhere leaves one of the two intact. Never a scan.
 */
export class NearestIds {
  constructor(private readonly store: ReadStore) {}

  /** @param known what was not recorded by then is not suggested; absent: everything is */
  customers(orgId: string, id: string, known?: Instant): Promise<readonly string[]> {
    const ofThen = (found: readonly CustomerDocument[]) => found.filter((each) => wasKnown(each, known));
    return this.nearest(CUSTOMERS, orgId, id, ({ customerId }) => customerId, ofThen);
  }

  /** @param known as for customers */
  contracts(orgId: string, id: string, known?: Instant): Promise<readonly string[]> {
    const ofThen = async (found: readonly ContractDocument[]) => {
      if (known === undefined) return found;
      const keyOf = ({ customerKey }: ContractDocument) => documentKey(orgId, customerKey);
      const customers = await this.store.getMany(CUSTOMERS, [...new Set(found.map(keyOf))]);
      return found.filter((each) => {
        const customer = customers.get(keyOf(each));
        return customer !== undefined && wasContractKnown(customer, each.key, known);
      });
    };
    return this.nearest(CONTRACTS, orgId, id, ({ contractId }) => contractId, ofThen);
  }

  private async nearest<D extends Identified>(
    model: ReadModel<D>,
    orgId: string,
    id: string,
    nameOf: (document: D) => string,
    ofThen: (found: readonly D[]) => readonly D[] | Promise<readonly D[]>,
  ): Promise<readonly string[]> {
    const key = identifierKey(id);
    const reversed = [...key].reverse().join('');
    const around = (index: string, place: string) =>
      [
        { range: { gte: place }, order: 'asc' as const },
        { range: { lt: place }, order: 'desc' as const },
      ].map((side) => this.store.find(model, { index, equals: [orgId], limit: NEIGHBOURS, ...side }));
    const found = (await Promise.all([...around('byKey', key), ...around('byReversedKey', reversed)])).flat();
    const byKey = new Map(found.map(({ document }) => [document.key, document]));
    return (await ofThen([...byKey.values()]))
      .map((document) => ({ document, distance: editDistance(key, document.key) }))
      .filter(
        ({ distance, document }) =>
          distance <= Math.max(2, Math.ceil(Math.max(key.length, document.key.length) / 2)),
      )
      .sort((a, b) => a.distance - b.distance || (a.document.key < b.document.key ? -1 : 1))
      .slice(0, ANSWERED)
      .map(({ document }) => nameOf(document));
  }
}
