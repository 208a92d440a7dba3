import type { RecordedEvent } from '../../domain/events.js';
import { streamOf } from '../../domain/shared/streams.js';
import type { EventStore } from '../ports/event-store.js';
import type { ReadStore } from '../ports/read-store.js';
import { IMPORTS } from '../read-models/imports.read-model.js';
import type { ImportApplier, ImportApproved } from './import-applier.js';
import { importContentOf } from './import-state.js';
import { isPassing, retried } from './retried.js';

const PAGE = 500;

export interface ImportWorkerParts {
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly applier: ImportApplier;
  /** Told of every failure; the import that is broken rather than cut off stays as it is until the next start. */
  readonly onError: (error: unknown, importId?: string) => void;
}

/** Applies approved imports, one after another, until it is stopped; several at the same time do no harm. */
export class ImportWorker {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ImportWorkerParts) {}

  start(): void {
    this.running = this.run();
  }

  /** Resolves once the batch at hand is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    // Whatever happens to one import, the worker goes on with the others.
    const retrying = { isPassing: () => true, onError: this.parts.onError, signal };
    let position = (await retried(() => this.resume(), retrying)) ?? 0n;
    await retried(async (gotOn) => {
      const approvals = this.parts.events.subscribe({ after: position, types: ['ChangeApproved'], signal });
      for await (const batch of approvals) {
        for (const event of batch.events) await this.apply(event);
        // Applying stopped half-way when the worker is stopping, but then nobody goes on from here.
        position = batch.position;
        gotOn();
      }
    }, retrying);
  }

  /**
   * Finishes what the read model knows to be unfinished. What it does not know yet lies after its checkpoint, so the
   * subscription that starts there misses nothing, and an old log need not be read from its beginning.
   */
  private async resume(): Promise<bigint> {
    const { reads } = this.parts;
    const checkpoint = (await reads.checkpoint(IMPORTS)) ?? 0n;
    const unfinished = await reads.find(IMPORTS, { index: 'byStatus', equals: ['APPLYING'], limit: PAGE });
    for (const { document } of unfinished) {
      const approved = await this.approvalOf(document.orgId, document.importId);
      if (approved) await this.apply(approved);
    }
    return unfinished.length < PAGE ? checkpoint : this.resume();
  }

  private async approvalOf(orgId: string, importId: string): Promise<ImportApproved | null> {
    for await (const event of this.parts.events.readStream(streamOf(orgId, { kind: 'IMPORT', id: importId })))
      if (event.type === 'ChangeApproved') return event;
    return null;
  }

  private async apply(event: RecordedEvent): Promise<void> {
    if (event.type !== 'ChangeApproved') return;
    const content = importContentOf(event.data.version.content);
    if (!content || this.stopping.signal.aborted) return;
    try {
      await this.parts.applier.apply(event, this.stopping.signal);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.parts.onError(error, content.importId);
    }
  }
}
