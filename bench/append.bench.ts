import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Append } from '../src/application/ports/event-store.js';
import { SqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../src/infrastructure/system-clock.js';
import type { BenchRow } from './bench-row.js';
import { commandMetadata } from './support/events.js';
import { rawInserts } from './support/raw-inserts.js';

const ROUNDS = 9;
const EVENTS = 640;
const WRITERS = 32;

/** Something that stores events and says when they are durable. Another log to compare with is one more of these. */
export interface Appender {
  append(append: Append): unknown;
  close(): unknown;
}

type OpenAppender = (file: string) => Appender;

const ours: OpenAppender = (file) => new SqliteEventStore({ file, clock: new SystemClock() });

const remapping = (writer: number): Append => ({
  stream: `customer-bench.c-${writer}`,
  expected: 'ANY',
  events: [
    {
      id: randomUUID(),
      type: 'ChangeProposed',
      data: {
        changeId: randomUUID(),
        kind: 'REMAP',
        subject: { kind: 'CUSTOMER', id: `C-${writer}` },
        revision: 1,
        content: { customerId: `C-${writer}`, customerName: 'Bench & Sons', toTier: 'gold' },
        baseVersion: 1,
        reason: 'Renewal',
      },
      metadata: commandMetadata(),
    },
  ],
});

/** Durable events a second with so many writers, each waiting for one event before it sends the next. */
const throughput = async (appender: Appender, writers: number): Promise<number> => {
  const appends = Array.from({ length: writers }, (_, writer) =>
    Array.from({ length: EVENTS / writers }, () => remapping(writer)),
  );
  const start = performance.now();
  await Promise.all(
    appends.map(async (own) => {
      for (const append of own) await appender.append(append);
    }),
  );
  return EVENTS / ((performance.now() - start) / 1_000);
};

const compare = async (writers: number, peer: OpenAppender): Promise<Pick<BenchRow, 'ours' | 'peer'>> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-append-'));
  const pair = [ours(join(folder, 'ours.db')), peer(join(folder, 'peer.db'))] as const;
  const figures: [number[], number[]] = [[], []];
  for (const appender of pair) await throughput(appender, writers);
  for (let round = 0; round < ROUNDS; round++)
    // Who begins takes turns too, so that neither always meets the disk as the other left it.
    for (const side of round % 2 ? ([1, 0] as const) : ([0, 1] as const))
      figures[side].push(await throughput(pair[side], writers));
  for (const appender of pair) await appender.close();
  await rm(folder, { recursive: true });
  return { ours: figures[0], peer: figures[1] };
};

/** The log alone: what remains of a command's cost when deciding is free. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const row = async (name: string, writers: number, goal: string): Promise<BenchRow> => ({
    name,
    unit: 'durable events/s',
    goal,
    ...(await compare(writers, rawInserts)),
  });
  return [
    await row('log: one writer, beside raw FULL inserts', 1, '≥ 0.35 ×'),
    await row(`log: ${WRITERS} writers, beside raw FULL inserts`, WRITERS, '≥ 1.5 ×'),
  ];
};
