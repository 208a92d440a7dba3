import { fieldDeltas } from '../../domain/change/field-deltas.js';
import type { ImportContent, TierTermsContent } from '../../domain/change/content.js';
import type { StagedRow } from '../../domain/import/import.events.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { ReadStore } from '../ports/read-store.js';
import { factsOf } from '../read-models/customer-facts.js';
import { CUSTOMERS } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { IMPORTS } from '../read-models/imports.read-model.js';
import type { MatrixReader } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import { PromiseReader } from './promise-reader.js';
import type { FieldDelta } from './views.js';

/** Most rows that a difference spells out; the row report has them all. */
const ROWS_SHOWN = 200;
const CHUNK = 20;

/** What approving an import would change, as reviewers of other changes see it. */
export class ImportDiff {
  private readonly promises: PromiseReader;

  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
  ) {
    this.promises = new PromiseReader(matrix);
  }

  /** The tiers of a matrix sheet, as it would make them; empty for other sheets. */
  async tiers(orgId: string, { importId, sheet }: ImportContent): Promise<readonly TierTermsContent[]> {
    if (sheet !== 'MATRIX') return [];
    const tiers: TierTermsContent[] = [];
    for await (const { tier } of this.rows(orgId, importId))
      if (tier) {
        const { baseVersion: _, ...content } = tier;
        tiers.push(content);
      }
    return tiers;
  }

  async deltas(orgId: string, content: ImportContent, point: PointInTime): Promise<readonly FieldDelta[]> {
    return content.sheet === 'MATRIX'
      ? this.ofTiers(orgId, content, point)
      : this.ofCustomers(orgId, content, point);
  }

  private async ofTiers(orgId: string, content: ImportContent, point: PointInTime) {
    const matrix = await this.matrix.matrixOf(orgId);
    const deltas: FieldDelta[] = [];
    for (const { key, name, rank, terms } of await this.tiers(orgId, content)) {
      const subject = matrix.tiers.get(identifierKey(key));
      const inForce = await this.promises.tier(orgId, matrix, key, point);
      const before = inForce && { name: inForce.name, rank: inForce.rank, terms: inForce.terms };
      for (const delta of fieldDeltas(before, { name, rank, terms }))
        deltas.push({ ...delta, path: `${subject?.document.id ?? key}.${delta.path}` });
    }
    return deltas;
  }

  private async ofCustomers(orgId: string, { importId }: ImportContent, point: PointInTime) {
    const deltas: FieldDelta[] = [];
    let shown = 0;
    for await (const { mapping, contract } of this.rows(orgId, importId)) {
      const customerId = mapping?.customerId ?? contract?.customerId;
      if (customerId === undefined) continue;
      if (++shown > ROWS_SHOWN) break;
      const customer = await this.store.get(CUSTOMERS, documentKey(orgId, identifierKey(customerId)));
      const facts = customer && factsOf(customer);
      const add = (path: string, before: string | undefined, after: string): void => {
        if (before !== after) deltas.push({ path, before: before ?? null, after });
      };
      if (mapping) add(`${customerId}.toTier`, facts?.mappings.at(point.at)?.tier, mapping.toTier);
      if (!contract) continue;
      const known = facts?.contracts.find(({ key }) => key === identifierKey(contract.contractId));
      const mark = known?.versions.at(point.at);
      const path = `${customerId}.${contract.contractId}`;
      add(`${path}.tier`, mark?.tier, contract.tier);
      add(`${path}.startsOn`, mark?.startsOn, contract.startsOn);
      if (contract.endsOn !== undefined) add(`${path}.endsOn`, mark?.endsOn, contract.endsOn);
    }
    return deltas;
  }

  /** Rows that something is to be written for, in the order of the sheet. */
  private async *rows(orgId: string, importId: string): AsyncGenerator<StagedRow> {
    for (let from = 0; ;) {
      const where = { index: 'rows', equals: [orgId, importId], range: { gte: from }, limit: CHUNK };
      const runs = await this.store.find(IMPORTS, where);
      for (const { document } of runs) {
        if (document.type !== 'rows') continue;
        from = document.first + 1;
        for (const row of document.rows) if (row.tier || row.mapping || row.contract) yield row;
      }
      if (runs.length < CHUNK) return;
    }
  }
}
