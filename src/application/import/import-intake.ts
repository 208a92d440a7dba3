import { setTimeout } from 'node:timers/promises';
import type { EventStore } from '../ports/event-store.js';
import type { ImportRequest, ImportService, StartedImport } from './import-service.js';

/** How long an answer waits for the rows: a sheet of a few thousand is analysed by then. */
const PATIENCE_MS = 3_000;

/** Takes a sheet in and, when it is small, answers with its rows analysed; a large one goes on behind the answer. */
export class ImportIntake {
  constructor(
    private readonly imports: ImportService,
    private readonly events: EventStore,
  ) {}

  /** As {@link ImportService.start}; the position is one at which what is known so far can be read. */
  async start(request: ImportRequest): Promise<StartedImport & { readonly position: bigint }> {
    const started = await this.imports.start(request);
    const patience = new AbortController();
    await Promise.race([
      this.imports.idle(),
      setTimeout(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(ended),
    ]);
    patience.abort();
    return { ...started, position: await this.events.head() };
  }
}

/** The wait was no longer needed. */
const ended = (): void => undefined;
