import type { RecordedEvent } from '../../domain/events.js';
import { canonicalJson } from '../../domain/shared/canonical-json.js';
import type { EventStore } from '../ports/event-store.js';

/** The first place at which two logs differ; null: that log has ended. */
export interface LogDifference {
  /** From 1. */
  readonly ordinal: number;
  readonly source: RecordedEvent | null;
  readonly target: RecordedEvent | null;
}

export interface ComparedLogs {
  /** Events that are the same in both, counted from the first. */
  readonly events: number;
  readonly difference: LogDifference | null;
}

/**
 * Reads both logs side by side: each event's id, type, stream, revision, recorded time, data and metadata, in the order
 * of the log. Only positions may differ, for every store numbers in its own way.
 */
export const compareLogs = async (
  source: EventStore,
  target: EventStore,
  upTo: bigint,
  onProgress: (events: number) => void = () => undefined,
): Promise<ComparedLogs> => {
  const sources = source.readAll({ upTo })[Symbol.asyncIterator]();
  const targets = target.readAll()[Symbol.asyncIterator]();
  try {
    for (let events = 0; ; events++) {
      const [a, b] = await Promise.all([sources.next(), targets.next()]);
      if (a.done && b.done) return { events, difference: null };
      if (a.done || b.done || !isSame(a.value, b.value)) {
        const difference = { ordinal: events + 1, source: valueOf(a), target: valueOf(b) };
        return { events, difference };
      }
      onProgress(events + 1);
    }
  } finally {
    await Promise.all([sources.return?.(), targets.return?.()]);
  }
};

const isSame = (a: RecordedEvent, b: RecordedEvent): boolean => textOf(a) === textOf(b);

const textOf = ({ position: _, revision, ...event }: RecordedEvent): string =>
  canonicalJson({ ...event, revision: revision.toString() });

const valueOf = ({ done, value }: IteratorResult<RecordedEvent>): RecordedEvent | null =>
  done ? null : value;
