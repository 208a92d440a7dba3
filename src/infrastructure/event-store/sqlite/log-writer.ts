import type Database from 'libsql';
import type { Append, Appended } from '../../../application/ports/event-store.js';
import { EventStoreError } from '../../../application/ports/event-store.js';
import type { Instant } from '../../../domain/shared/instant.js';
import type { EncodedEvent } from '../serialization.js';
import { isDuplicate } from './sqlite-errors.js';

export interface EncodedAppend extends Omit<Append, 'events'> {
  readonly events: readonly EncodedEvent[];
}

export type Outcome = Appended | EventStoreError;

/** Writes groups of appends: one transaction and one flush to the disk for all, an outcome for each. */
export class LogWriter {
  private readonly head: Database.Statement;
  private readonly revision: Database.Statement;
  private readonly slots: Database.Statement;
  private readonly byId: Database.Statement;
  private readonly insert: Database.Statement;

  constructor(private readonly db: Database.Database) {
    const prepare = (sql: string) => db.prepare(sql).raw();
    this.head = prepare('SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1');
    this.revision = prepare('SELECT coalesce(max(revision), -1) FROM events WHERE stream = ?');
    this.slots = prepare(
      'SELECT id, position FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    );
    this.byId = prepare('SELECT stream, revision, position FROM events WHERE id = ?');
    this.insert = db.prepare(
      'INSERT INTO events (position, stream, revision, id, type, recorded_at, metadata, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /**
   * All or nothing on the disk; conflicts are outcomes and hold up nobody else.
   *
   * @throws SqliteError when nothing was written
   */
  commit(appends: readonly EncodedAppend[], now: Instant): Outcome[] {
    try {
      return this.transaction(() => this.place(appends, now));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // One of the group repeats an id that its expected revision did not lead to: apart, the others go through.
      const [only, ...others] = appends;
      return only && others.length === 0
        ? [
            this.transaction(() => this.earlier(only)) ??
              conflict(only, 'one append names the same event twice'),
          ]
        : appends.flatMap((append) => this.commit([append], now));
    }
  }

  /** A real write that changes nothing. @throws SqliteError */
  probe(): void {
    this.transaction(() => {
      const [version] = this.db.prepare('PRAGMA user_version').raw().get() as [number];
      this.db.exec(`PRAGMA user_version = ${version}`);
    });
  }

  private place(appends: readonly EncodedAppend[], now: Instant): Outcome[] {
    // Inside the transaction: another process may have appended since, perhaps by a faster clock.
    const [head, last] = (this.head.get([]) as [number, Instant] | undefined) ?? [0, now];
    const recordedAt = now > last ? now : last;
    let position = head;
    return appends.map((append) => {
      const current = (this.revision.get([append.stream]) as [number])[0];
      const earlier = append.expected === 'ANY' ? this.earlier(append) : this.inSlots(append, current);
      if (earlier) return earlier;
      let revision = current;
      for (const { id, type, metadata, data } of append.events)
        this.insert.run([++position, append.stream, ++revision, id, type, recordedAt, metadata, data]);
      return { revision: BigInt(revision), position: BigInt(position) };
    });
  }

  /** What an exact revision is answered when the stream is elsewhere; undefined: it is there. */
  private inSlots(append: EncodedAppend, current: number): Outcome | undefined {
    const expected = append.expected === 'NO_STREAM' ? -1 : Number(append.expected);
    if (current === expected) return undefined;
    const { stream, events } = append;
    const rows = this.slots.all([stream, expected + 1, expected + events.length]) as [string, number][];
    const last = rows.at(-1);
    return last && rows.length === events.length && rows.every(([id], i) => id === events[i]?.id)
      ? { revision: BigInt(expected + events.length), position: BigInt(last[1]) }
      : conflict(append, current < 0 ? 'it does not exist' : `it is at ${current}`);
  }

  /** What is answered when its events, or some of them, are in the log; undefined: none is. */
  private earlier(append: EncodedAppend): Outcome | undefined {
    const found = append.events.map(({ id }) => this.byId.get([id]) as [string, number, number] | undefined);
    if (found.every((row) => row === undefined)) return undefined;
    const last = found.at(-1);
    return last && found.every((row) => row?.[0] === append.stream)
      ? { revision: BigInt(last[1]), position: BigInt(last[2]) }
      : conflict(append, 'some of the events are already in the log');
  }

  private transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has already rolled back.
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }
}

const conflict = ({ stream, expected }: EncodedAppend, reason: string): EventStoreError =>
  new EventStoreError('CONFLICT', `Stream ${stream} is not as expected (${expected}): ${reason}.`);
