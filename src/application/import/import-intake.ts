import { setTimeout } from 'node:timers/promises';
import { streamOf } from '../../domain/shared/streams.js';
import type { EventType } from '../../domain/events.js';
import type { EventStore } from '../ports/event-store.js';
import type { ImportRequest, ImportService, StartedImport } from './import-service.js';

/** How long an answer waits for the rows: a sheet of a few thousand is analysed by then. */
const PATIENCE_MS = 3_000;

const ANALYSIS: ReadonlySet<EventType> = new Set<EventType>([
  'ImportStarted',
  'ImportRowsStaged',
  'ImportAnalysed',
  'ImportFailed',
]);

/** Takes a sheet in and, when it is small, answers with its rows analysed; a large one goes on behind the answer. */
export class ImportIntake {
  constructor(
    private readonly imports: ImportService,
    private readonly events: EventStore,
  ) {}

  /**
   * As {@link ImportService.start}; the position is one at which what is known so far can be read. A repeat answers the
   * same, whatever has come of the import since.
   */
  async start(request: ImportRequest): Promise<StartedImport & { readonly position: bigint }> {
    const started = await this.imports.start(request);
    const patience = new AbortController();
    await Promise.race([
      this.imports.idle(),
      setTimeout(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(ended),
    ]);
    patience.abort();
    return { ...started, position: await this.analysedAt(request.context.principal.orgId, started.importId) };
  }

  /** Where the analysis has got to; what followed upon it does not count. */
  private async analysedAt(orgId: string, importId: string): Promise<bigint> {
    const stream = streamOf(orgId, { kind: 'IMPORT', id: importId });
    const last = await this.events.readLast(stream);
    if (last && ANALYSIS.has(last.type)) return last.position;
    let position = 0n;
    for await (const event of this.events.readStream(stream))
      if (ANALYSIS.has(event.type)) position = event.position;
    return position;
  }
}

/** The wait was no longer needed. */
const ended = (): void => undefined;
