import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import type { RecordedEvent } from '../../../domain/events.js';
import { collect, commented } from '../../../../test/contract/event-store/samples.js';
import type { Acknowledged } from '../../../../test/crash/appending-processes.js';
import { acknowledged, AppendingProcess } from '../../../../test/crash/appending-processes.js';
import { SystemClock } from '../../system-clock.js';
import { SqliteEventStore } from './sqlite-event-store.js';

/** KILLS lengthens it: 1,000 for a release. */
const KILLS = Number(process.env['KILLS'] ?? 30);
const SECONDS_PER_KILL = 10;
const EVENTS_PER_APPEND = 3;

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-crash-'));
  file = join(folder, 'events.db');
});
afterEach(() => rm(folder, { recursive: true }));

const opened = async <T>(work: (store: SqliteEventStore) => Promise<T>): Promise<T> => {
  const store = new SqliteEventStore({ file, clock: new SystemClock() });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const textOf = (event: RecordedEvent | undefined): string =>
  event?.type === 'ChangeCommented' ? event.data.text : '';

/** Events that leave a gap in their stream or in the log, or whose append is not there in one piece. */
const torn = (events: readonly RecordedEvent[], revisions: Map<string, bigint>): RecordedEvent[] =>
  events.filter((event, i) => {
    const revision = revisions.get(event.stream) ?? 0n;
    revisions.set(event.stream, revision + 1n);
    const [append] = textOf(event).split(' ');
    const part = (i % EVENTS_PER_APPEND) + 1;
    const first = events[i - part + 1];
    const last = events[i - part + EVENTS_PER_APPEND];
    return !(
      event.revision === revision &&
      event.position === (events[0]?.position ?? 0n) + BigInt(i) &&
      textOf(event).startsWith(`${append} ${part} `) &&
      textOf(first).startsWith(`${append} 1 `) &&
      textOf(last).startsWith(`${append} ${EVENTS_PER_APPEND} `)
    );
  });

/** Acknowledgements of what is not in the log, or is elsewhere. */
const lost = (events: readonly RecordedEvent[], acks: readonly Acknowledged[]): Acknowledged[] => {
  const byPosition = new Map(events.map((event) => [event.position, event]));
  return acks.filter(({ append, stream, revision, position }) => {
    const event = byPosition.get(position);
    return !(
      event?.stream === stream &&
      event.revision === revision &&
      textOf(event).startsWith(`${append} ${EVENTS_PER_APPEND} `)
    );
  });
};

describe('killed at random moments under load', () => {
  it(
    `loses nothing that was acknowledged and tears nothing, ${KILLS} times`,
    async () => {
      const revisions = new Map<string, bigint>();
      let position = 0n;
      let total = 0;
      for (let round = 0; round < KILLS; round += 2) {
        // Two at a time: what one leaves half-done, the other meets while it appends. They run on while their lines are
        // counted, so the kill meets them anywhere in a commit.
        const processes = [new AppendingProcess(file), new AppendingProcess(file)];
        for (const each of processes) {
          await each.until(1 + Math.floor(Math.random() * 200));
          await each.kill();
          expect(acknowledged(each).length).toBeGreaterThan(0);
        }
        const acks = processes.flatMap(acknowledged);
        total += acks.length;
        const events = await opened((store) => collect(store.readAll({ after: position })));
        expect(torn(events, revisions)).toEqual([]);
        expect(lost(events, acks)).toEqual([]);
        position = events.at(-1)?.position ?? position;
      }
      expect(total).toBeGreaterThan(KILLS);
      const db = new Database(file);
      expect(db.prepare('PRAGMA integrity_check').raw().get()).toEqual(['ok']);
      db.close();
    },
    KILLS * SECONDS_PER_KILL * 1_000,
  );
});

describe('several processes that open a new log at once', () => {
  it('all get to append', async () => {
    const processes = Array.from({ length: 4 }, () => new AppendingProcess(file));
    for (const each of processes) await each.until(3);
    for (const each of processes) await each.kill();
    for (const each of processes) expect(acknowledged(each).length).toBeGreaterThan(0);
    const events = await opened((store) => collect(store.readAll()));
    expect(torn(events, new Map())).toEqual([]);
  }, 30_000);
});

describe('on a disk that fails', () => {
  it('refuses with a clear error, keeps what it acknowledged, and goes on when the disk does', async () => {
    const appending = new AppendingProcess(file, 1_024);
    await appending.ended();
    const said = appending.lines.filter((line) => !line.startsWith('ack '));
    expect(said).toContainEqual(
      expect.stringMatching(/^refused UNAVAILABLE The disk that holds the event log/),
    );
    expect(said).toContainEqual(expect.stringMatching(/^readable \d+$/));
    expect(said.filter((line) => line.startsWith('failed'))).toEqual([]);
    await opened(async (store) => {
      const events = await collect(store.readAll());
      expect(torn(events, new Map())).toEqual([]);
      expect(lost(events, acknowledged(appending))).toEqual([]);
      await store.append({ stream: 'after', expected: 'NO_STREAM', events: [commented()] });
    });
  }, 30_000);
});
