import type { EventBatch, EventStore, SubscriptionOptions } from '../../src/application/ports/event-store.js';
import type { EventType } from '../../src/domain/events.js';
import { pause } from './backoff.js';

/** Most batches kept for those who are behind. */
const MOST_BATCHES = 10;

/** How long the others wait for one who keeps the oldest of so many and does not go on, in milliseconds. */
const PATIENCE_MS = 100;

/** Before everything in the log. */
const START = -1n;

interface SharedBatch extends EventBatch {
  readonly after: bigint;
}

interface Follower {
  after: bigint;
  /** Whether it goes by the shared batches now, so that they are kept for it. */
  shares: boolean;
}

/**
 * One subscription for all who follow the log closely, so that every event is read and decoded once. A batch is fetched
 * when the foremost asks for it and kept until the others have it. The fast keep step with the slow, as they share a
 * processor anyway, but nobody holds the others up: who is elsewhere in the log, does not go on for a while, or wants what cannot
 * be read, reads in a subscription of their own and comes back when the places match again.
 */
export class SharedReader {
  readonly #followers = new Set<Follower>();
  #batches: SharedBatch[] = [];
  #front = START;
  #source: AsyncIterator<EventBatch> | null = null;
  #fetching: Promise<void> | null = null;
  #ending = new AbortController();
  #waitingForRoom = new AbortController();

  /** @param types all that anybody may ask for */
  constructor(
    private readonly events: Pick<EventStore, 'subscribe'>,
    private readonly types: readonly EventType[],
  ) {}

  /** As {@link EventStore.subscribe}. */
  async *subscribe(
    options: SubscriptionOptions & { readonly types: readonly EventType[] },
  ): AsyncGenerator<EventBatch> {
    const { signal, types } = options;
    const follower: Follower = { after: options.after ?? START, shares: false };
    const wanted = new Set(types);
    let own: AsyncIterator<EventBatch> | null = null;
    this.#followers.add(follower);
    try {
      while (!signal.aborted) {
        const shared = await this.#next(follower, signal);
        if (signal.aborted) return;
        if (shared) {
          await own?.return?.();
          own = null;
          yield this.#taken(follower, shared, wanted);
        } else {
          own ??= this.#subscribed(follower.after, types, signal);
          const taken = await own.next();
          if (taken.done) return;
          follower.after = taken.value.position;
          yield taken.value;
        }
      }
    } finally {
      this.#followers.delete(follower);
      this.#trim();
      if (this.#followers.size === 0) this.#end();
      await own?.return?.();
    }
  }

  #taken(follower: Follower, batch: SharedBatch, wanted: ReadonlySet<EventType>): EventBatch {
    const { after } = follower;
    follower.after = batch.position;
    this.#trim();
    const events = batch.events.filter(({ type, position }) => position > after && wanted.has(type));
    return { events, position: batch.position, caughtUp: batch.caughtUp };
  }

  /** The batch that goes on where the follower is; null: it is not to be had here. */
  async #next(follower: Follower, signal: AbortSignal): Promise<SharedBatch | null> {
    const { after } = follower;
    if (!this.#batchAfter(after)) {
      // Left behind by everybody, it is of no use where it is.
      if (this.#source && ![...this.#followers].some(({ shares }) => shares)) this.#end();
      follower.shares = false;
      const source = (this.#source ??= this.#begin(after));
      if (after !== this.#front) return null;
      follower.shares = true;
      this.#fetching ??= this.#fetch(source);
      await settledOrAborted(this.#fetching, signal);
    }
    const batch = this.#batchAfter(after);
    follower.shares = batch !== null;
    return batch;
  }

  #begin(after: bigint): AsyncIterator<EventBatch> {
    this.#ending = new AbortController();
    this.#front = after;
    return this.#subscribed(after, this.types, this.#ending.signal);
  }

  #batchAfter(place: bigint): SharedBatch | null {
    return this.#batches.find(({ after, position }) => after <= place && place < position) ?? null;
  }

  async #fetch(source: AsyncIterator<EventBatch>): Promise<void> {
    try {
      await this.#room();
      const taken = await source.next();
      if (source !== this.#source) return;
      if (taken.done) return this.#end();
      this.#batches.push({ ...taken.value, after: this.#front });
      this.#front = taken.value.position;
      this.#fetching = null;
    } catch {
      // Whoever wanted what could not be read meets the error in a reading of their own; the others need not.
      if (source === this.#source) this.#end();
    }
  }

  #trim(): void {
    const places = [...this.#followers].filter(({ shares }) => shares).map(({ after }) => after);
    this.#batches = this.#batches.filter(({ position }) => places.some((place) => place < position));
    this.#waitingForRoom.abort();
  }

  async #room(): Promise<void> {
    while (this.#batches.length >= MOST_BATCHES) {
      this.#waitingForRoom = new AbortController();
      const { signal } = this.#waitingForRoom;
      await pause(PATIENCE_MS, signal);
      if (!signal.aborted) this.#leaveLastBehind();
    }
  }

  #leaveLastBehind(): void {
    const [oldest, ...rest] = this.#batches;
    for (const follower of this.#followers)
      if (oldest && follower.after < oldest.position) follower.shares = false;
    this.#batches = rest;
    this.#trim();
  }

  #end(): void {
    this.#ending.abort();
    this.#waitingForRoom.abort();
    // That it has ended is all that is wanted of it.
    void this.#source?.return?.().then(nothing, nothing);
    this.#source = null;
    this.#fetching = null;
    this.#batches = [];
  }

  #subscribed(after: bigint, types: readonly EventType[], signal: AbortSignal): AsyncIterator<EventBatch> {
    const place = after === START ? {} : { after };
    return this.events.subscribe({ ...place, types, signal })[Symbol.asyncIterator]();
  }
}

const nothing = (): void => undefined;

const settledOrAborted = (settling: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    void settling.then(end);
  });
