import type { EventType, RecordedEvent } from '../../src/domain/events.js';
import type { ReadModel } from '../../src/application/ports/read-store.js';

/** A further document that follows from the one that changed; null: it goes. */
export interface Derived<D> {
  readonly key: string;
  readonly document: D | null;
}

/**
 * A read model as a pure function of the log. No clock, no randomness, no I/O: the same events give the same
 * documents, byte for byte, in whatever batches they come.
 */
export interface Projection<D extends object> {
  readonly model: ReadModel<D>;
  /** The event types it folds; others never reach it. */
  readonly types: readonly EventType[];
  /** Keys of the documents an event touches; empty: none. */
  keys(event: RecordedEvent): readonly string[];
  /** The document after the event; null: there is none. */
  evolve(document: D | null, event: RecordedEvent, key: string): D | null;
  /** Documents of the same read model that follow from a changed one. Called for every event, in order. */
  derive?(before: D | null, after: D | null, event: RecordedEvent): readonly Derived<D>[];
}

/** Any projection, whatever its documents. */
export type AnyProjection = Pick<Projection<never>, 'model' | 'types' | 'keys'>;
