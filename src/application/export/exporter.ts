import { setImmediate } from 'node:timers/promises';
import {
  CUSTOMER_HEADINGS,
  customerRows,
  MATRIX_HEADINGS,
  matrixRows,
  type Cell,
} from '../../domain/import/export-rows.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { AuditQuery } from '../audit/audit-query.js';
import { AUDIT_HEADINGS, auditRow } from '../audit/audit-rows.js';
import type { ExceptionQuery } from '../queries/exception-query.js';
import type { MatrixQuery } from '../queries/matrix-query.js';
import type { PointInTime, PointsInTime } from '../queries/points-in-time.js';
import { csvFile } from '../sheet/csv-writer.js';
import type { CustomerExport } from './customer-export.js';
import { EXCEPTION_HEADINGS, exceptionRow } from './exception-rows.js';

export const EXPORTS = ['matrix', 'customers', 'exceptions', 'audit'] as const;
export type ExportName = (typeof EXPORTS)[number];

export interface Axes {
  readonly at?: Instant | LocalDate;
  readonly knownAt?: Instant | LocalDate;
}

/** A table whose records come as they are read, no faster than they are taken. */
export interface Export {
  readonly headings: readonly string[];
  readonly records: AsyncIterable<readonly Cell[]>;
}

export interface ExporterParts {
  readonly matrix: MatrixQuery;
  readonly customers: CustomerExport;
  readonly exceptions: ExceptionQuery;
  readonly audit: AuditQuery;
  readonly times: PointsInTime;
}

/** Records read before other requests get their turn: a few milliseconds. */
const RECORDS_AT_ONCE = 100;

/** What an organization can take away: as it was in force at one instant and known at another. */
export class Exporter {
  constructor(private readonly parts: ExporterParts) {}

  /** Matrix and customers import back to the same state. The records reject with ReadStoreError or NotFreshError. */
  async open(orgId: string, name: ExportName, { at, knownAt }: Axes = {}): Promise<Export> {
    // Settled once, so that every record is of the same instant however long the export takes.
    const point = await this.parts.times.settle(orgId, at, knownAt);
    switch (name) {
      case 'matrix':
        return { headings: MATRIX_HEADINGS, records: this.matrix(orgId, point) };
      case 'customers':
        return { headings: CUSTOMER_HEADINGS, records: givingWay(this.customers(orgId, point)) };
      case 'exceptions':
        return { headings: EXCEPTION_HEADINGS, records: givingWay(this.exceptions(orgId, point)) };
      case 'audit':
        return { headings: AUDIT_HEADINGS, records: givingWay(this.audit(orgId, point)) };
    }
  }

  private async *matrix(orgId: string, { at, known }: PointInTime): AsyncGenerator<readonly Cell[]> {
    const { tiers } = await this.parts.matrix.matrix(orgId, { at, ...(known && { knownAt: known }) });
    // The lowest rank first, as people write a matrix.
    for (const tier of tiers.toReversed()) yield* matrixRows(tier);
  }

  private async *customers(orgId: string, point: PointInTime): AsyncGenerator<readonly Cell[]> {
    for await (const customer of this.parts.customers.customers(orgId, point)) yield* customerRows(customer);
  }

  /** What was recorded by both instants: an audit log has one axis. */
  private async *audit(orgId: string, { at, knownAt }: PointInTime): AsyncGenerator<readonly Cell[]> {
    for await (const entry of this.parts.audit.all(orgId, at < knownAt ? at : knownAt)) yield auditRow(entry);
  }

  private async *exceptions(orgId: string, point: PointInTime): AsyncGenerator<readonly Cell[]> {
    for await (const listed of this.parts.exceptions.all(orgId, point)) yield exceptionRow(listed);
  }
}

export const csvOf = ({ headings, records }: Export): AsyncGenerator<string> => csvFile(headings, records);

/** An embedded store answers without ever letting go of the process; nobody else would be answered meanwhile. */
async function* givingWay<T>(records: AsyncIterable<T>): AsyncGenerator<T> {
  let since = 0;
  for await (const record of records) {
    yield record;
    if (++since % RECORDS_AT_ONCE === 0) await setImmediate();
  }
}
