import type { RowOutcome, StagedRow } from '../../domain/import/import.events.js';
import type { ReadStore } from '../ports/read-store.js';
import { documentKey } from '../read-models/document-key.js';
import { IMPORTS, type ImportDocument, type ImportRowsDocument } from '../read-models/imports.read-model.js';
import type { ChangeQuery } from './change-query.js';
import { connection, placeAfter, type Connection, type PageRequest } from './page.js';
import type { Import, ImportRow } from './views.js';

const CHUNK = 20;

/** Imports with their row reports. */
export class ImportQuery {
  constructor(
    private readonly store: ReadStore,
    private readonly changes: ChangeQuery,
  ) {}

  async import(orgId: string, importId: string): Promise<Import | null> {
    const document = await this.store.get(IMPORTS, documentKey(orgId, importId));
    if (document?.type !== 'import') return null;
    const change = await this.changes.change(orgId, document.changeId);
    return change && view(document, change);
  }

  /** In the order of the sheet. */
  async rows(
    orgId: string,
    importId: string,
    outcome: RowOutcome | undefined,
    request: PageRequest,
  ): Promise<Connection<ImportRow>> {
    const scope = { orgId, list: `import ${importId} ${outcome ?? ''}` };
    const start = placeAfter(request, scope);
    const after = typeof start?.values[0] === 'number' ? start.values[0] : 0;
    const found: StagedRow[] = [];
    for await (const run of this.runs(orgId, importId, after)) {
      if (outcome !== undefined && !run.counts[outcome]) continue;
      for (const row of run.rows)
        if (row.record > after && (outcome === undefined || row.outcome === outcome)) found.push(row);
      if (found.length > request.first) break;
    }
    const page = found.slice(0, request.first);
    return connection({
      scope,
      nodes: page.map(rowView),
      places: page.map(({ record }) => ({ values: [record], key: '' })),
      hasNext: found.length > request.first,
      hasPrevious: start !== undefined,
      totalCount: async () => {
        const document = await this.store.get(IMPORTS, documentKey(orgId, importId));
        if (document?.type !== 'import') return 0;
        return outcome === undefined ? document.total : (document.counts[outcome] ?? 0);
      },
    });
  }

  /** The staged runs from the one that holds the record after `after`. */
  private async *runs(orgId: string, importId: string, after: number): AsyncGenerator<ImportRowsDocument> {
    const where = { index: 'rows', equals: [orgId, importId] };
    const [holding] = await this.store.find(IMPORTS, {
      ...where,
      range: { lte: after + 1 },
      order: 'desc',
      limit: 1,
    });
    for (let from = holding?.document.type === 'rows' ? holding.document.first : 0; ;) {
      const found = await this.store.find(IMPORTS, { ...where, range: { gte: from }, limit: CHUNK });
      for (const { document } of found) {
        if (document.type !== 'rows') continue;
        from = document.first + 1;
        yield document;
      }
      if (found.length < CHUNK) return;
    }
  }
}

const view = (document: ImportDocument, change: Import['change']): Import => {
  const { importId: id, status, columns, total, applied, skipped, counts, failure = null } = document;
  return { id, change, status, columns, total, applied, skipped, counts, failure };
};

const rowView = (row: StagedRow): ImportRow => ({
  record: row.record,
  outcome: row.outcome,
  customerId: row.customerId ?? null,
  contractId: row.contractId ?? null,
  field: row.field ?? null,
  message: row.message ?? null,
  duplicateOf: row.duplicateOf ?? null,
  exception: row.exception ?? null,
});
