import { LRUCache } from 'lru-cache';
import type { AnyEvent, RecordedEvent } from '../../domain/events.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import { EventStoreError, type EventStore, type NewEvent } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { SharedReading } from '../shared-reading.js';
import type { Claim, Idempotency } from './idempotency.js';

/** How often a decision is taken anew because another process appended in between. */
const MAX_ATTEMPTS = 10;

/** How a stream is folded. */
export interface Fold<State> {
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent) => State;
}

interface Folded<State> {
  readonly state: State;
  /** Revision of the last event folded; -1: none. */
  readonly revision: bigint;
}

/** What a decision led to. */
export interface Decided {
  /** What happened, now or when the command was given first; null: nothing had to happen. */
  readonly event: AnyEvent | null;
  /** Position the log reached with it; null when nothing had to happen. */
  readonly position: bigint | null;
}

export interface Decision<State, Around = void> {
  readonly stream: string;
  readonly commandId: string;
  readonly metadata: EventMetadata;
  /** What it depends on besides the stream, as it is now; read at the same time as the stream, and as often. */
  readonly around?: () => Promise<Around>;
  /** Called with the newest state; again when another process was quicker. Must be pure. */
  readonly decide: (state: State, around: Around) => readonly AnyEvent[];
  /** The caller's idempotency key; absent: none was given. */
  readonly claim?: Claim;
}

/**
 * Streams of one kind: folded, decided on, appended to. Commands on one stream queue up in this process, so that only
 * another process can be in the way; the log's expected revision settles that.
 */
export class StreamRepository<State extends object> {
  private readonly folded: LRUCache<string, Folded<State>>;
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly newest = new SharedReading((stream) => this.refresh(stream));

  constructor(
    private readonly events: EventStore,
    private readonly ids: IdGenerator,
    private readonly idempotency: Idempotency,
    private readonly fold: Fold<State>,
    maxStreams = 2000,
  ) {
    this.folded = new LRUCache({ max: maxStreams });
  }

  /** The state as the log has it now. Rejects with EventStoreError. */
  async load(stream: string): Promise<State> {
    return (await this.newest.of(stream)).state;
  }

  /** Rejects with what `around` rejects with, with what `decide` throws, or with EventStoreError. */
  async execute<Around = void>(decision: Decision<State, Around>): Promise<Decided> {
    const { stream } = decision;
    const attempt = (): Promise<Decided> => this.attempt(decision);
    const turn = (this.queues.get(stream) ?? Promise.resolve()).then(attempt, attempt);
    this.queues.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (this.queues.get(stream) === turn) this.queues.delete(stream);
    }
  }

  private async attempt<Around>(decision: Decision<State, Around>): Promise<Decided> {
    const { stream, commandId, metadata, claim } = decision;
    for (let attempt = 1; ; attempt++) {
      const [{ state, revision }, around] = await Promise.all([
        this.newest.of(stream),
        // Absent only where `decide` takes nothing.
        decision.around?.() as Promise<Around>,
      ]);
      // The outcome is asked for after the state was read: what has come since then is in the way of the append.
      const repeated = async (): Promise<Decided | null> => {
        const done = claim && (await this.idempotency.outcome(claim));
        return done ? { event: done, position: done.position } : null;
      };
      let events: readonly AnyEvent[];
      try {
        events = decision.decide(state, around);
      } catch (refusal) {
        const done = await repeated();
        if (done) return done;
        throw refusal;
      }
      const [event] = events;
      if (!event) return (await repeated()) ?? { event: null, position: null };
      if (claim) {
        const first = attempt === 1 && (await this.idempotency.take(claim, stream, revision, metadata));
        const done = first ? null : await repeated();
        if (done) return done;
      }
      const append = {
        stream,
        expected: revision < 0n ? ('NO_STREAM' as const) : revision,
        events: events.map(({ type, data }, i): NewEvent => ({
          id: this.ids.derived(commandId, String(i)),
          type,
          data,
          metadata,
        })),
      };
      try {
        return { event, position: (await this.events.append(append)).position };
      } catch (error) {
        const beaten = error instanceof EventStoreError && error.kind === 'CONFLICT';
        if (!beaten || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  private async refresh(stream: string): Promise<Folded<State>> {
    let { state, revision } = this.folded.get(stream) ?? { state: this.fold.initial, revision: -1n };
    for await (const event of this.events.readStream(stream, { fromRevision: revision + 1n })) {
      state = this.fold.evolve(state, event);
      revision = event.revision;
    }
    const folded = { state, revision };
    if (revision >= 0n) this.folded.set(stream, folded);
    return folded;
  }
}
