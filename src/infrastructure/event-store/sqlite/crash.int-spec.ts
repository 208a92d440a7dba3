import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

/** Everything acknowledged is there, every append is whole, no stream and no position has a gap. */
const check = (
  events: readonly RecordedEvent[],
  acks: readonly Acknowledged[],
  revisions: Map<string, bigint>,
) => {
  events.forEach((event, i) => {
    expect(event.revision).toBe(revisions.get(event.stream) ?? 0n);
    expect(event.position).toBe((events[0]?.position ?? 0n) + BigInt(i));
    revisions.set(event.stream, event.revision + 1n);
    const [append] = textOf(event).split(' ');
    const part = (i % EVENTS_PER_APPEND) + 1;
    expect(textOf(event).startsWith(`${append} ${part} `)).toBe(true);
    expect(textOf(events[i - part + 1]).startsWith(`${append} 1 `)).toBe(true);
  });
  expect(events.length % EVENTS_PER_APPEND).toBe(0);
  const byPosition = new Map(events.map((event) => [event.position, event]));
  for (const { append, stream, revision, position } of acks) {
    const event = byPosition.get(position);
    expect(event).toMatchObject({ stream, revision });
    expect(textOf(event).startsWith(`${append} ${EVENTS_PER_APPEND} `)).toBe(true);
  }
};

describe('killed at random moments under load', () => {
  it(
    `loses nothing that was acknowledged and tears nothing, ${KILLS} times`,
    async () => {
      const revisions = new Map<string, bigint>();
      let position = 0n;
      let total = 0;
      for (let round = 0; round < KILLS; round += 2) {
        // Two at a time: what one leaves half-done, the other meets while it appends.
        const processes = [new AppendingProcess(file), new AppendingProcess(file)];
        for (const each of processes) {
          await each.until(1 + Math.floor(Math.random() * 50));
          await setTimeout(Math.random() * 20);
          await each.kill();
        }
        const acks = processes.flatMap(acknowledged);
        total += acks.length;
        const events = await opened((store) => collect(store.readAll({ after: position })));
        check(events, acks, revisions);
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
      check(events, acknowledged(appending), new Map());
      await store.append({ stream: 'after', expected: 'NO_STREAM', events: [commented()] });
    });
  }, 30_000);
});
