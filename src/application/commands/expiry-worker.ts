import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { ReadStore } from '../ports/read-store.js';
import { CHANGES, type ChangeDocument } from '../read-models/changes.read-model.js';
import type { ChangeService } from './change-service.js';

export interface ExpiryWorkerParts {
  readonly reads: ReadStore;
  readonly changes: ChangeService;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  /** Told of every failure; the next sweep tries again. */
  readonly onError: (error: unknown) => void;
  /** Time between two sweeps, in milliseconds. Default one minute. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;
const PAGE = 100;

/**
 * Writes down that proposals have lapsed. Nobody waits for it: decisions and queries go by the clock themselves. Events
 * are identified by the proposal and its revision, so several workers write each once.
 */
export class ExpiryWorker {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ExpiryWorkerParts) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Expires what is due. Returns how many proposals that were. */
  async sweep(): Promise<number> {
    const { reads, clock } = this.parts;
    const due = await reads.find(CHANGES, {
      index: 'byExpiry',
      equals: ['PROPOSED'],
      range: { lte: clock.now() },
      limit: PAGE,
    });
    for (const { document } of due) await this.expire(document);
    return due.length;
  }

  private async expire({ orgId, changeId, revision, subject }: ChangeDocument): Promise<void> {
    const { changes, ids } = this.parts;
    const commandId = ids.derived('expire', changeId, String(revision));
    const principal = { subject: 'system', orgId, roles: [], kind: 'service' as const, scopes: [] };
    const context = { principal, via: 'worker' as const, correlationId: commandId };
    await changes.decide({ context, commandId }, subject, { type: 'ExpireChange', changeId });
  }

  private async run(): Promise<void> {
    const { onError, everyMs = EVERY_MS } = this.parts;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.sweep();
      } catch (error) {
        onError(error);
      }
      await setTimeout(everyMs, undefined, { signal, ref: false }).catch(stopped);
    }
  }
}

/** The wait was cut short. */
const stopped = (): void => undefined;
