import { EventStoreError, type Appended } from '../../../application/ports/event-store.js';
import type { Appender } from './appender.js';
import type { EncodedAppend } from './batch-append.messages.js';
import { conflict } from './eventstoredb-errors.js';
import type { LogReader } from './log-reader.js';
import { positionOf } from './recorded-event.js';

const PAGE_SIZE = 512;

const isConflict = (error: unknown): boolean => error instanceof EventStoreError && error.kind === 'CONFLICT';

/** Appends unless the very same events are already there. @throws EventStoreError */
export const appendOnce = (
  reader: LogReader,
  appender: Appender,
  append: EncodedAppend,
): Promise<Appended> => {
  const { expected } = append;
  if (expected === 'ANY') return appendAnywhere(reader, appender, append);
  return appendAt(reader, appender, append, expected === 'NO_STREAM' ? 0n : expected + 1n);
};

/** Where the stream has moved, looks whether these events moved it: an answer may have been lost. */
const appendAt = async (
  reader: LogReader,
  appender: Appender,
  append: EncodedAppend,
  first: bigint,
): Promise<Appended> => {
  try {
    return await appender.append(append);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const stored = await storedAt(reader, append, first);
    if (stored) return stored;
    throw error;
  }
};

/** The append as it is stored from revision `first` on; null: something else is there. */
const storedAt = async (
  reader: LogReader,
  append: EncodedAppend,
  first: bigint,
): Promise<Appended | null> => {
  const stored = await reader.streamPage(append.stream, first, append.events.length);
  const last = stored.at(-1);
  const same =
    stored.length === append.events.length && stored.every(({ id }, i) => id === append.events[i]?.id);
  return same && last ? { revision: last.revision, position: positionOf(last) } : null;
};

/**
 * Appends at the end of the stream wherever that is, unless the stream has these events already. The server sees to
 * those of late; but its memory of event ids is bounded, and the stream's is not.
 */
const appendAnywhere = async (
  reader: LogReader,
  appender: Appender,
  append: EncodedAppend,
): Promise<Appended> => {
  const first = await firstOf(reader, append.stream, new Set(append.events.map(({ id }) => id)));
  if (first === null) return appender.append(append);
  const stored = await storedAt(reader, append, first);
  if (stored) return stored;
  throw conflict(append.stream, 'it holds some of these events, but not all of them in a row');
};

/** Revision of the first event of a stream that has one of the ids, or null. */
const firstOf = async (
  reader: LogReader,
  stream: string,
  ids: ReadonlySet<string>,
): Promise<bigint | null> => {
  let next = 0n;
  for (;;) {
    const page = await reader.streamPage(stream, next, PAGE_SIZE);
    const found = page.find(({ id }) => ids.has(id));
    if (found) return found.revision;
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return null;
    next = last.revision + 1n;
  }
};
