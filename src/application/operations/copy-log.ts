import type { RecordedEvent } from '../../domain/events.js';
import { EventStoreError, type EventStore, type NewEvent } from '../ports/event-store.js';

export interface CopyOptions {
  /** Told after every append: how far the source is copied, and where it ends. */
  readonly onProgress?: (position: bigint, head: bigint) => void;
}

export interface CopiedLog {
  /** Everything in the source up to here is in the target. */
  readonly position: bigint;
  /** Events that this run appended. */
  readonly appended: number;
}

export class CopyRefusedError extends Error {
  readonly code = 'TARGET_NOT_EMPTY';

  constructor(options?: ErrorOptions) {
    super(
      'The target holds events that are not of this log. Give an empty event store, or the one of an earlier run.',
      options,
    );
    this.name = 'CopyRefusedError';
  }
}

/** Most events of one append, far from the limit of its bytes with what events of one stream in a row amount to. */
const GROUP_EVENTS = 50;
const GROUP_CHARACTERS = 200_000;

/**
 * Copies a log into an empty one: the same events under the same ids, in the same streams, in the same order. One append
 * after another, for only so is the order of the whole log the same. Whatever cuts it off, the next run goes on behind the
 * last event that arrived, and a run too many appends nothing. Goes on until it has caught up with a source that grows.
 *
 * @throws CopyRefusedError when the target holds anything else; EventStoreError, UnreadableEventError
 */
export const copyLog = async (
  source: EventStore,
  target: EventStore,
  { onProgress = () => undefined }: CopyOptions = {},
): Promise<CopiedLog> => {
  let appended = 0;
  let position = await resumePoint(source, target);
  for (let head = await source.head(); position < head; head = await source.head()) {
    for await (const group of grouped(source.readAll({ after: position, upTo: head }))) {
      await append(target, group);
      appended += group.length;
      onProgress(group.at(-1)!.position, head);
    }
    position = head;
  }
  return { position, appended };
};

/**
 * The target holds a first part of the source and nothing after it, so bisection finds where it ends in some twenty
 * reads, however long the log is.
 */
const resumePoint = async (source: EventStore, target: EventStore): Promise<bigint> => {
  if ((await target.head()) === 0n) return 0n;
  let copied = 0n;
  for (let end = await source.head(); copied < end;) {
    const middle = (copied + end) / 2n;
    const event = await firstOf(source.readAll({ after: middle, upTo: end }));
    if (event && (await holds(target, event))) copied = event.position;
    else end = middle;
  }
  if (copied === 0n) throw new CopyRefusedError();
  return copied;
};

const holds = async (target: EventStore, { stream, revision, id }: RecordedEvent): Promise<boolean> =>
  (await firstOf(target.readStream(stream, { fromRevision: revision, limit: 1 })))?.id === id;

const append = async (target: EventStore, events: readonly RecordedEvent[]): Promise<void> => {
  const { stream, revision } = events[0]!;
  try {
    await target.append({
      stream,
      expected: revision === 0n ? 'NO_STREAM' : revision - 1n,
      events: events.map(asMigrated),
    });
  } catch (error) {
    const conflict = error instanceof EventStoreError && error.kind === 'CONFLICT';
    throw conflict ? new CopyRefusedError({ cause: error }) : error;
  }
};

const asMigrated = ({ id, type, data, metadata, recordedAt, position }: RecordedEvent): NewEvent => ({
  id,
  type,
  data,
  metadata,
  migrated: { recordedAt, position },
});

/** Events of one stream that follow each other in the log. */
async function* grouped(events: AsyncIterable<RecordedEvent>): AsyncGenerator<readonly RecordedEvent[]> {
  let group: RecordedEvent[] = [];
  let characters = 0;
  for await (const event of events) {
    const size = JSON.stringify(event.data).length;
    const full = group.length === GROUP_EVENTS || characters + size > GROUP_CHARACTERS;
    if (group.length > 0 && (full || group[0]!.stream !== event.stream)) {
      yield group;
      group = [];
      characters = 0;
    }
    group.push(event);
    characters += size;
  }
  if (group.length > 0) yield group;
}

const firstOf = async <T>(items: AsyncIterable<T>): Promise<T | undefined> => {
  for await (const item of items) return item;
  return undefined;
};
