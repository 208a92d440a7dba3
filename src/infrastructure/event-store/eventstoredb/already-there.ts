import { BACKWARDS, END } from '@eventstore/db-client';
import { EventStoreError, type Appended } from '../../../application/ports/event-store.js';
import type { Appender } from './appender.js';
import type { EncodedAppend } from './batch-append.messages.js';
import { conflict } from './eventstoredb-errors.js';
import type { LogReader } from './log-reader.js';
import { positionOf } from './recorded-event.js';

const PAGE_SIZE = 512;

const isConflict = (error: unknown): boolean => error instanceof EventStoreError && error.kind === 'CONFLICT';

/** Appends; where the stream has moved, looks whether these very events moved it. @throws EventStoreError */
export const alreadyThere = async (
  reader: LogReader,
  append: EncodedAppend,
  work: () => Promise<Appended>,
): Promise<Appended> => {
  try {
    return await work();
  } catch (error) {
    if (!isConflict(error) || append.expected === 'ANY') throw error;
    const first = append.expected === 'NO_STREAM' ? 0n : append.expected + 1n;
    const found = await storedAt(reader, append, first);
    if (found) return found;
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
 * Appends at the end of the stream wherever that is, unless the stream has these events already. The server's own
 * memory of event ids is bounded; the stream's is not.
 */
export const appendAnywhere = async (
  reader: LogReader,
  appender: Appender,
  append: EncodedAppend,
): Promise<Appended> => {
  const ids = new Set(append.events.map(({ id }) => id));
  let looked = -1n;
  for (;;) {
    const { last, found } = await lookBack(reader, append.stream, ids, looked);
    if (found !== null) {
      const stored = await storedAt(reader, append, found);
      if (stored) return stored;
      throw conflict(append.stream, 'it holds some of these events, but not all of them in a row');
    }
    try {
      return await appender.append({ ...append, expected: last < 0n ? 'NO_STREAM' : last });
    } catch (error) {
      // Each round another writer has got an event in: the log as a whole goes forward.
      if (!isConflict(error)) throw error;
      looked = last;
    }
  }
};

/** Looks for the first of the ids, from the end of a stream back to `looked` (exclusive). */
const lookBack = async (
  reader: LogReader,
  stream: string,
  ids: ReadonlySet<string>,
  looked: bigint,
): Promise<{ last: bigint; found: bigint | null }> => {
  let last: bigint | null = null;
  let found: bigint | null = null;
  let from: bigint | typeof END = END;
  for (;;) {
    const page = await reader.streamPage(stream, from, PAGE_SIZE, BACKWARDS);
    last ??= page[0]?.revision ?? -1n;
    for (const { id, revision } of page) if (revision > looked && ids.has(id)) found = revision;
    const oldest = page.at(-1)?.revision ?? 0n;
    if (page.length < PAGE_SIZE || oldest === 0n || oldest <= looked + 1n) return { last, found };
    from = oldest - 1n;
  }
};
