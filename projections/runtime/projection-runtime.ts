import type { EventStore } from '../../src/application/ports/event-store.js';
import type { ReadStore } from '../../src/application/ports/read-store.js';
import { atLeast, type AtLeastOptions } from './at-least.js';
import { pause } from './backoff.js';
import { compare, type Difference } from './compare.js';
import type { AnyProjection, Projection } from './projection.js';
import { Projector } from './projector.js';
import { rebuild } from './rebuild.js';
import { Replay } from './replay.js';
import { SharedReader } from './shared-reader.js';
import { type ReadModelStatus, statusOf } from './status.js';

interface Running {
  readonly projection: Projection<object>;
  readonly projector: Projector<object>;
  readonly skipped: Set<bigint>;
  /** While it is rebuilt: how far. */
  rebuilding: { position: bigint; head: bigint } | null;
}

export interface RebuildOptions {
  readonly onProgress?: (progress: { readonly position: bigint; readonly head: bigint }) => void;
  readonly signal?: AbortSignal;
}

/** Longest time that {@link ProjectionRuntime.stop} takes, in milliseconds. */
const DRAIN_MS = 10_000;

/** Keeps all read models up with the log, and says how far they are. The read store must be prepared. */
export class ProjectionRuntime {
  readonly #running = new Map<string, Running>();

  constructor(
    private readonly events: EventStore,
    private readonly store: ReadStore,
    projections: readonly AnyProjection[],
  ) {
    const log = new SharedReader(events, [...new Set(projections.flatMap(({ types }) => types))]);
    // Kept side by side without knowing what is in the documents; each is used with its own model alone.
    for (const projection of projections as unknown as readonly Projection<object>[]) {
      const { name } = projection.model;
      if (this.#running.has(name)) throw new TypeError(`Two projections write read model ${name}.`);
      const skipped = new Set<bigint>();
      const projector = new Projector({ log, store, projection, skipped });
      this.#running.set(name, { projection, projector, skipped, rebuilding: null });
    }
  }

  /** Starts following the log. A process that only reads does without. */
  start(): void {
    for (const name of this.#running.keys()) this.follow(name);
  }

  /** Starts one read model; a process that shares the work with others starts those it holds. */
  follow(name: string): void {
    this.#get(name).projector.start();
  }

  /** Resolves when the batch at hand is committed and the read model is left to others. */
  rest(name: string): Promise<void> {
    return this.#get(name).projector.pause();
  }

  /** Drains: resolves when every batch at hand is committed, after 10 s at the latest. */
  async stop(): Promise<void> {
    const ending = new AbortController();
    const drained = Promise.all([...this.#running.values()].map(({ projector }) => projector.pause()));
    await Promise.race([drained, pause(DRAIN_MS, ending.signal)]);
    ending.abort();
  }

  /** @throws ReadStoreError UNAVAILABLE when the checkpoint of a read model that runs elsewhere cannot be read */
  async status(): Promise<ReadModelStatus[]> {
    const watched = [...this.#running.values()].map(({ projection, ...rest }) => ({
      model: projection.model,
      ...rest,
    }));
    return statusOf(this.events, this.store, watched);
  }

  /**
   * Resolves when the read model or read models reflect the log up to `position`.
   *
   * @throws PositionNotReachedError after `timeoutMs`, when a projector stops, or when `signal` aborts
   */
  async atLeast(
    models: string | readonly string[],
    position: bigint,
    options: AtLeastOptions = {},
  ): Promise<void> {
    const names = typeof models === 'string' ? [models] : models;
    await Promise.all(
      names.map((name) => {
        const { projection, projector } = this.#get(name);
        return atLeast(this.store, projection.model, projector, position, options);
      }),
    );
  }

  /**
   * Lets a read model go past an event that it cannot handle, in later rebuilds too; may be called before
   * {@link start}, for events skipped in earlier runs. Who may do so and its audit are the caller's affair.
   */
  skip(name: string, position: bigint): void {
    const { projector, skipped } = this.#get(name);
    skipped.add(position);
    if (projector.state === 'stopped') projector.start();
  }

  /**
   * Builds the read model anew beside the live one and switches when it has caught up.
   *
   * @throws PoisonEventError at an event that cannot be handled; the live read model is then left as it was
   */
  async rebuild(name: string, { onProgress, signal }: RebuildOptions = {}): Promise<void> {
    const running = this.#get(name);
    if (running.rebuilding) throw new TypeError(`Read model ${name} is being rebuilt already.`);
    const progress = (running.rebuilding = { position: 0n, head: await this.events.head() });
    try {
      const replay = this.#replay(running, signal, (position) => {
        progress.position = position;
        onProgress?.({ ...progress });
      });
      await rebuild(this.events, this.store, running, replay);
    } finally {
      running.rebuilding = null;
    }
  }

  /** Replays the log and gives every document that is not what it should be. Switches nothing. */
  compare(name: string, { signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<Difference> {
    const running = this.#get(name);
    return compare(this.store, running.projection.model, this.#replay(running, signal));
  }

  #replay(
    { projection, skipped }: Running,
    signal: AbortSignal | undefined,
    onProgress: (position: bigint) => void = () => undefined,
  ): Replay<object> {
    const { events, store } = this;
    return new Replay({ events, store, projection, skipped, onProgress, ...(signal ? { signal } : {}) });
  }

  #get(name: string): Running {
    const running = this.#running.get(name);
    if (!running)
      throw new TypeError(
        `There is no read model ${name}. There are: ${[...this.#running.keys()].join(', ')}.`,
      );
    return running;
  }
}
