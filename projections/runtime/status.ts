import { type EventStore, EventStoreError } from '../../src/application/ports/event-store.js';
import type { ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import type { Projector } from './projector.js';

export interface ReadModelStatus {
  readonly name: string;
  readonly version: number;
  /** How far it reflects the log; null: nothing yet. */
  readonly checkpoint: bigint | null;
  /** End of the log; null when the log cannot be reached. */
  readonly head: bigint | null;
  /** Positions between the two: an upper bound of the events still to come. */
  readonly lag: bigint | null;
  readonly state: 'catching-up' | 'live' | 'stopped' | 'rebuilding';
  /** Why it has stopped, or what it waits to pass. */
  readonly error: string | null;
  /** Position of the event that it stopped in front of. */
  readonly stoppedAt: bigint | null;
  readonly rebuild: { readonly position: bigint; readonly head: bigint } | null;
}

export interface Watched {
  readonly model: ReadModel<never>;
  readonly projector: Projector<object>;
  readonly rebuilding: { readonly position: bigint; readonly head: bigint } | null;
}

export const statusOf = async (
  events: EventStore,
  store: ReadStore,
  watched: readonly Watched[],
): Promise<ReadModelStatus[]> => {
  const head = await headOf(events);
  return Promise.all(
    watched.map(async ({ model, projector, rebuilding }) => {
      // Of a read model that another process writes, the store knows more.
      const elsewhere = projector.state === 'paused';
      const checkpoint = elsewhere ? await store.checkpoint(model) : projector.position;
      const lag = head === null ? null : max(head - (checkpoint ?? 0n), 0n);
      return {
        name: model.name,
        version: model.version,
        checkpoint,
        head,
        lag,
        state: stateOf(projector, lag, rebuilding !== null),
        error: projector.error?.message ?? null,
        stoppedAt: projector.stoppedAt,
        rebuild: rebuilding && { ...rebuilding },
      };
    }),
  );
};

const stateOf = (
  { state, error }: Projector<object>,
  lag: bigint | null,
  rebuilding: boolean,
): ReadModelStatus['state'] => {
  if (rebuilding) return 'rebuilding';
  if (state === 'paused') return lag === 0n ? 'live' : 'catching-up';
  // It learns that it is at the end with the next event; until then its place says so.
  if (state === 'catching-up' && lag === 0n && error === null) return 'live';
  return state;
};

const headOf = async (events: EventStore): Promise<bigint | null> => {
  try {
    return await events.head();
  } catch (error) {
    if (error instanceof EventStoreError && error.kind === 'UNAVAILABLE') return null;
    throw error;
  }
};

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
