import type { ImportEvent, StagedRow } from '../../domain/import/import.events.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { streamOf } from '../../domain/shared/streams.js';
import type { Clock } from '../ports/clock.js';
import { EventStoreError, type EventStore } from '../ports/event-store.js';
import type { Freshness } from '../ports/freshness.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { SheetStore } from '../ports/sheet-store.js';
import { analysedRows } from './analysed-rows.js';
import type { ImportFacts, OrganizationFacts } from './import-facts.js';
import { causedBy } from './import-metadata.js';
import { analysisState, counted, importContentOf, type AnalysisState } from './import-state.js';

/** Size of one staged run of rows, in UTF-16 code units of JSON; with any encoding far below the log's limit. */
const RUN_CHARACTERS = 150_000;
/** How often the analysis is taken up anew when somebody else wrote to the import meanwhile. */
const MAX_ATTEMPTS = 10;

export interface ImportAnalysisParts {
  readonly events: EventStore;
  readonly sheets: SheetStore;
  readonly facts: ImportFacts;
  readonly freshness: Freshness;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  /** The organization's zone. */
  readonly timeZoneOf: (orgId: string) => Promise<string>;
}

/** The name that an import's sheet is kept under. */
export const sheetName = (orgId: string, importId: string): string => `${orgId}_${importId}`;

/**
 * Says of every record of a proposed import what approving it would do, and stages that in the import's stream, a run of
 * rows at a time. Taken up again after any interruption where the staged rows end.
 */
export class ImportAnalysis {
  constructor(private readonly parts: ImportAnalysisParts) {}

  /**
   * Rejects with EventStoreError, ReadStoreError or NotFreshError; then it may be tried again.
   *
   * @param unproposed what becomes of a sheet whose import is not in the log: another process may be about to propose it
   */
  async run(orgId: string, importId: string, unproposed: 'KEEP' | 'REMOVE'): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        const state = await this.attempt(orgId, importId);
        if (state.proposal || unproposed === 'REMOVE')
          await this.parts.sheets.remove(sheetName(orgId, importId));
        return;
      } catch (error) {
        // A comment, or another process that analyses the same sheet: both leave a place to go on from.
        const beaten = error instanceof EventStoreError && error.kind === 'CONFLICT';
        if (!beaten || attempt === MAX_ATTEMPTS) throw error;
      }
  }

  private async attempt(orgId: string, importId: string): Promise<AnalysisState> {
    const { events, sheets } = this.parts;
    const stream = streamOf(orgId, { kind: 'IMPORT', id: importId });
    const name = sheetName(orgId, importId);
    const state = await analysisState(events, stream);
    if (state.proposal && !state.finished && (await sheets.has(name))) {
      const staging = new Staging(this.parts, stream, importId, state);
      try {
        await this.stage(orgId, name, state, staging);
        await staging.finish();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        await staging.fail(error.message);
      }
    }
    return state;
  }

  private async stage(orgId: string, name: string, state: AnalysisState, staging: Staging): Promise<void> {
    const { facts, freshness, clock, sheets } = this.parts;
    const content = state.proposal && importContentOf(state.proposal.data.content);
    if (!content) return;
    // What was approved before this import was proposed has to be known, or a repeated import would look new.
    await freshness.atLeast(state.proposal.position);
    const now: OrganizationFacts = { orgId, now: clock.now(), timeZone: await this.parts.timeZoneOf(orgId) };
    const rows = analysedRows(sheets.read(name), { ...content, ...state, facts, now });
    for await (const row of rows) await staging.add(row);
  }
}

/** Rows on their way into the import's stream. */
class Staging {
  private rows: StagedRow[] = [];
  private characters = 0;
  private last: number;
  private counts: AnalysisState['counts'];
  private revision: bigint;

  constructor(
    private readonly parts: ImportAnalysisParts,
    private readonly stream: string,
    private readonly importId: string,
    private readonly state: AnalysisState,
  ) {
    ({ staged: this.last, counts: this.counts, revision: this.revision } = state);
  }

  async add(row: StagedRow): Promise<void> {
    // A row is only ever added to a run that has room for it, so the largest run is one row over.
    if (this.characters >= RUN_CHARACTERS) await this.append(this.take());
    this.rows.push(row);
    this.characters += JSON.stringify(row).length;
  }

  /** The last rows and the end of the analysis, together: an import is never ready without all of its rows. */
  async finish(): Promise<void> {
    const rows = this.rows.length > 0 ? this.take() : [];
    const { importId, last: total, counts } = this;
    await this.append([...rows, { type: 'ImportAnalysed', data: { importId, total, counts } }]);
  }

  async fail(message: string): Promise<void> {
    await this.append([
      { type: 'ImportFailed', data: { importId: this.importId, message, record: this.last + 1 } },
    ]);
  }

  private take(): readonly ImportEvent[] {
    const { rows, importId } = this;
    this.rows = [];
    this.characters = 0;
    this.last = rows.at(-1)?.record ?? this.last;
    this.counts = counted(this.counts, rows);
    return [{ type: 'ImportRowsStaged', data: { importId, rows } }];
  }

  private async append(events: readonly ImportEvent[]): Promise<void> {
    const metadata = causedBy(this.state.proposal!);
    const { ids, events: log } = this.parts;
    const appended = await log.append({
      stream: this.stream,
      expected: this.revision,
      events: events.map(({ type, data }) => ({
        id: ids.derived('import', this.importId, type, String(this.last), String(this.revision)),
        type,
        data,
        metadata,
      })),
    });
    this.revision = appended.revision;
  }
}
