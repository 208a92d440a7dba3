import { performance } from 'node:perf_hooks';
import type { EventBatch } from '../../src/application/ports/event-store.js';
import { type ReadStore, ReadStoreError } from '../../src/application/ports/read-store.js';
import { UnreadableEventError } from '../../src/application/ports/unreadable-event-error.js';
import { backoffMs, pause } from './backoff.js';
import { BatchWriter } from './batch-writer.js';
import { PoisonEventError } from './poison-event-error.js';
import { PositionWaiters } from './position-waiters.js';
import type { Projection } from './projection.js';
import type { SharedReader } from './shared-reader.js';

export type ProjectorState = 'catching-up' | 'live' | 'paused' | 'stopped';

export interface ProjectorOptions<D extends object> {
  readonly log: SharedReader;
  readonly store: ReadStore;
  readonly projection: Projection<D>;
  /** Positions of events to leave out; may grow while this runs. */
  readonly skipped: ReadonlySet<bigint>;
}

/** Longest time to hold up lookups in the same process, in milliseconds. */
const BUDGET_MS = 15;

/** How long a checkpoint that moved without documents may stay unwritten, in milliseconds. */
const IDLE_CHECKPOINT_MS = 250;

/**
 * Keeps the live generation of one read model up with the log. Goes on by itself after everything that may
 * pass (a store or the log away, another projector ahead); stops visibly at an event it cannot handle.
 */
export class Projector<D extends object> {
  readonly #writer: BatchWriter<D>;
  readonly #waiters = new PositionWaiters();
  #state: ProjectorState = 'paused';
  #error: Error | null = null;
  #position: bigint | null = null;
  #lastWrite = 0;
  #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: ProjectorOptions<D>) {
    this.#writer = new BatchWriter({ ...options, generation: 'live', budgetMs: BUDGET_MS });
  }

  get state(): ProjectorState {
    return this.#state;
  }

  /** Why it stopped, or what it is waiting to pass; null when all is well. */
  get error(): Error | null {
    return this.#error;
  }

  /** Position of the event that it stopped in front of. */
  get stoppedAt(): bigint | null {
    return this.#state === 'stopped' && this.#error instanceof PoisonEventError ? this.#error.position : null;
  }

  /** How far the read model reflects the log, a checkpoint not yet written included. */
  get position(): bigint | null {
    return this.#position;
  }

  start(): void {
    if (this.#state === 'catching-up' || this.#state === 'live') return;
    this.#state = 'catching-up';
    this.#error = null;
    this.#ending = new AbortController();
    this.#running = this.#run(this.#ending.signal);
  }

  /** Resolves when the batch at hand is committed and nothing more will be written. */
  async pause(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    if (this.#state !== 'stopped') this.#state = 'paused';
  }

  /** Resolves at the position, rejects when the projector stops, does neither once `signal` has aborted. */
  reached(position: bigint, signal: AbortSignal): Promise<void> {
    return this.#waiters.wait(position, signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await this.#follow(signal, () => (failures = 0));
      } catch (error) {
        if (error instanceof PoisonEventError || isStoreError(error, 'NEWER_VERSION'))
          return this.#stop(error);
        if (isStoreError(error, 'FENCED')) continue;
        if (!signal.aborted) this.#failed(error);
      }
      if (!signal.aborted) await pause(backoffMs(failures), signal);
    }
  }

  /** Returns when the subscription ends, which it may do at any time. */
  async #follow(signal: AbortSignal, progressed: () => void): Promise<void> {
    this.#advanced(await this.#writer.reload());
    const { log, projection, skipped } = this.options;
    const own = new AbortController();
    const batches = log
      .subscribe({
        ...(this.#position === null ? {} : { after: this.#position }),
        types: projection.types,
        signal: AbortSignal.any([signal, own.signal]),
      })
      [Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = batches.next();
        if (this.#owesCheckpoint && !(await settledWithin(next, this.#idleMs))) await this.#writeCheckpoint();
        const taken = await next;
        if (taken.done) break;
        await this.#handle(taken.value);
        progressed();
      }
      await this.#writeCheckpoint();
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      if (!skipped.has(error.position))
        throw new PoisonEventError(projection.model.name, error.position, error);
      await this.#writer.advance(error.position);
    } finally {
      own.abort();
      await batches.return(undefined);
    }
  }

  async #handle({ events, position, caughtUp }: EventBatch): Promise<void> {
    if (events.length > 0) {
      await this.#writer.write(events, (checkpoint) => this.#advanced(checkpoint));
      this.#lastWrite = performance.now();
    }
    this.#advanced(position);
    this.#error = null;
    const becomesLive = caughtUp && this.#state === 'catching-up';
    if (becomesLive || this.#idleMs <= 0) await this.#writeCheckpoint();
    if (becomesLive) this.#state = 'live';
  }

  get #owesCheckpoint(): boolean {
    return this.#position !== this.#writer.checkpoint;
  }

  /** Milliseconds until a checkpoint that is owed must be written. */
  get #idleMs(): number {
    return IDLE_CHECKPOINT_MS - (performance.now() - this.#lastWrite);
  }

  async #writeCheckpoint(): Promise<void> {
    this.#lastWrite = performance.now();
    if (this.#position !== null) await this.#writer.advance(this.#position);
  }

  #advanced(position: bigint | null): void {
    this.#position = position;
    if (position !== null) this.#waiters.reached(position);
  }

  #failed(error: unknown): void {
    this.#error = asError(error);
    this.#state = 'catching-up';
  }

  #stop(error: unknown): void {
    // What came before a poison event in its batch was committed on the way.
    const { checkpoint } = this.#writer;
    if (checkpoint !== null && checkpoint > (this.#position ?? -1n)) this.#advanced(checkpoint);
    this.#error = asError(error);
    this.#state = 'stopped';
    this.#waiters.fail(this.#error);
  }
}

const isStoreError = (error: unknown, kind: ReadStoreError['kind']): boolean =>
  error instanceof ReadStoreError && error.kind === kind;

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const settledWithin = async (promise: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};
