import { parseColumnMap, parseDateOrder } from '../../domain/import/import-request.js';
import type { StagedRow } from '../../domain/import/import.events.js';
import { Claims } from '../../domain/import/reference-facts.js';
import { SheetHead } from '../../domain/import/sheet-head.js';
import type { SheetLayout } from '../../domain/import/sheet-record.js';
import type { Clock } from '../ports/clock.js';
import type { SheetStore } from '../ports/sheet-store.js';
import { analysedRows } from './analysed-rows.js';
import type { ImportFacts } from './import-facts.js';
import type { ImportRequest } from './import-service.js';

export interface ImportPreviewParts {
  readonly facts: ImportFacts;
  readonly clock: Clock;
  /** The organization's zone. */
  readonly timeZoneOf: (orgId: string) => Promise<string>;
}

export interface Preview {
  readonly layout: SheetLayout;
  /** How many records the sheet has. */
  readonly total: number;
  readonly rows: AsyncIterable<StagedRow>;
}

const NAME = 'preview';

/** What importing a sheet would do now, without proposing anything: nothing is written but the caller's own sheet store. */
export class ImportPreview {
  constructor(private readonly parts: ImportPreviewParts) {}

  /**
   * @param sheets of this preview alone
   * @throws DomainError INVALID_INPUT at `csv`, `columns` or `dateOrder`
   */
  async of(
    orgId: string,
    { bytes, columns, dateOrder }: Pick<ImportRequest, 'bytes' | 'columns' | 'dateOrder'>,
    sheets: SheetStore,
  ): Promise<Preview> {
    const { facts, clock, timeZoneOf } = this.parts;
    const head = new SheetHead(parseColumnMap(columns), parseDateOrder(dateOrder));
    let total = -1;
    const received = await sheets.receive(bytes, (records) => {
      total += records.length;
      head.look(records);
    });
    const layout = head.layout();
    await sheets.keep(received, NAME);
    const now = { orgId, now: clock.now(), timeZone: await timeZoneOf(orgId) };
    const from = { staged: 0, claims: new Claims() };
    return { layout, total, rows: analysedRows(sheets.read(NAME), { ...layout, ...from, facts, now }) };
  }
}
