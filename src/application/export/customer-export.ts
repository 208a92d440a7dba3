import type { ContractContent } from '../../domain/change/content.js';
import type { ExportedCustomer } from '../../domain/import/export-rows.js';
import type { ReadStore } from '../ports/read-store.js';
import type { MatrixReader } from '../queries/matrix-reader.js';
import type { PointInTime } from '../queries/points-in-time.js';
import { factsOf } from '../read-models/customer-facts.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { HISTORY, type VersionDocument } from '../read-models/history.read-model.js';

/** Customers read at a time: all that an export holds in memory, and a few milliseconds of the process's time. */
const CHUNK = 100;

/** The customers of an organization as its reference sheet would list them. Rejects with ReadStoreError. */
export class CustomerExport {
  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
  ) {}

  /** In the order of ids; a customer of whom nothing was in force then is left out. */
  async *customers(orgId: string, point: PointInTime): AsyncGenerator<ExportedCustomer> {
    for (let after = ''; ;) {
      const found = await this.store.find(CUSTOMERS, {
        index: 'byKey',
        equals: [orgId],
        range: { gt: after },
        limit: CHUNK,
      });
      yield* await this.exported(
        found.map(({ document }) => document),
        point,
      );
      if (found.length < CHUNK) return;
      after = found.at(-1)!.document.key;
    }
  }

  private async exported(
    customers: readonly CustomerDocument[],
    point: PointInTime,
  ): Promise<readonly ExportedCustomer[]> {
    const inForce = customers.map((customer) => contractsInForce(customer, point));
    // Past the cache: an export would push out of it what lookups are asking for.
    const contents = await this.store.peek(
      HISTORY,
      inForce.flatMap((contracts) => contracts.map(({ id }) => id)),
    );
    const exported: ExportedCustomer[] = [];
    for (const [index, customer] of customers.entries()) {
      const mappedTier = factsOf(customer).mappings.at(point.at, point.known)?.tier ?? null;
      const contracts: ContractContent[] = [];
      for (const contract of inForce[index]!)
        contracts.push(
          contractOf(contents.get(contract.id) ?? (await this.awaited(customer.orgId, contract))),
        );
      if (mappedTier === null && contracts.length === 0) continue;
      exported.push({ customerId: customer.customerId, name: customer.name, mappedTier, contracts });
    }
    return exported;
  }

  /** Read models are written one after another; the one with the contents may be a moment behind. */
  private awaited(orgId: string, { key, mark }: ContractInForce): Promise<VersionDocument> {
    return this.matrix.version(orgId, 'CONTRACT', key, mark);
  }
}

type ContractInForce = ReturnType<typeof contractsInForce>[number];

const contractsInForce = (customer: CustomerDocument, { at, known }: PointInTime) =>
  factsOf(customer).contracts.flatMap(({ key, versions }) => {
    const mark = versions.at(at, known);
    return mark ? [{ key, mark, id: documentKey(customer.orgId, 'CONTRACT', key, String(mark.number)) }] : [];
  });

const contractOf = ({ subjectKey, number, version: { content } }: VersionDocument): ContractContent => {
  if ('contractId' in content && 'startsOn' in content) return content;
  throw new Error(`Version ${number} of contract ${subjectKey} holds no contract.`);
};
