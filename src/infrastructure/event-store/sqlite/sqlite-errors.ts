import { EventStoreError } from '../../../application/ports/event-store.js';

/** libsql's own error class is not exported to ES modules under a name; its `code` tells it apart. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('SQLITE_')
    ? error.code
    : undefined;

export const isBusy = (error: unknown): boolean => codeOf(error)?.startsWith('SQLITE_BUSY') ?? false;

export const isDuplicate = (error: unknown): boolean =>
  codeOf(error)?.startsWith('SQLITE_CONSTRAINT') ?? false;

/** The longest prefix of a code that is listed speaks; the rest is UNAVAILABLE with SQLite's own words. */
const MESSAGES: readonly (readonly [prefix: string, message: string])[] = [
  ['SQLITE_BUSY', 'Another process has been writing to the event log for too long.'],
  ['SQLITE_FULL', 'The disk that holds the event log is full. Free some space; nothing was written.'],
  ['SQLITE_IOERR', 'The disk that holds the event log reports errors. Nothing was acknowledged.'],
  ['SQLITE_CORRUPT', 'The event log is damaged. Restore a backup.'],
  ['SQLITE_NOTADB', 'The file of the event log is not a database. Restore a backup.'],
];

const DENIED = ['SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH', 'SQLITE_CANTOPEN'];

/** SQLite's refusals in the words of the port; anything that is not SQLite's is given back as it is. */
export const toEventStoreError = (error: unknown): unknown => {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (DENIED.some((prefix) => code.startsWith(prefix)))
    return new EventStoreError('DENIED', `The file of the event log cannot be written (${code}).`, {
      cause: error,
    });
  const known = MESSAGES.find(([prefix]) => code.startsWith(prefix));
  const message = known?.[1] ?? 'The event log cannot be used.';
  return new EventStoreError('UNAVAILABLE', `${message} (${code})`, { cause: error });
};

/** Runs a synchronous piece of work on the database with its errors mapped. @throws EventStoreError */
export const guarded = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw toEventStoreError(error);
  }
};
