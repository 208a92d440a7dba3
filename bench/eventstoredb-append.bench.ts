import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, START, streamNameFilter } from '@eventstore/db-client';
import type { Append, NewEvent } from '../src/application/ports/event-store.js';
import { EventStoreDbEventStore } from '../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbServer } from '../test/servers/eventstoredb/server.js';
import type { BenchRow } from './bench-row.js';
import { commandMetadata } from './support/events.js';

const ROUNDS = 7;
const APPENDS = 2_000;
const WRITERS = 64;

type Work = () => Promise<unknown>;

const event = (): NewEvent => ({
  id: randomUUID(),
  type: 'ApiKeyRevoked',
  data: { keyId: randomUUID() },
  metadata: commandMetadata(),
});

const newStreams = (): Append[] =>
  Array.from({ length: APPENDS }, () => ({
    stream: `org-bench.${randomUUID()}`,
    expected: 'NO_STREAM',
    events: [event()],
  }));

/** The client as it comes: nothing checked, nothing repeated, no deadline. */
const bareAppends = (client: EventStoreDBClient): Work => {
  const left = newStreams().values();
  const writer = async (): Promise<void> => {
    for (const { stream, events } of left)
      await client.appendToStream(
        stream,
        events.map(({ id, type, data, metadata }) =>
          jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } }),
        ),
        { expectedRevision: 'no_stream' },
      );
  };
  return () => Promise.all(Array.from({ length: WRITERS }, writer));
};

const count = async (events: AsyncIterable<unknown>, until = Infinity): Promise<void> => {
  let seen = 0;
  for await (const item of events) if (item && ++seen >= until) return;
};

const perSecond = async (events: number, work: Work): Promise<number> => {
  const start = performance.now();
  await work();
  return events / ((performance.now() - start) / 1_000);
};

/** Both sides in turns, after one round that does not count; `ours` and `peer` make the work of one round. */
const compare = async (
  name: string,
  goal: string,
  events: () => number,
  ours: () => Work,
  peer: () => Work,
): Promise<BenchRow> => {
  const figures: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const side of round % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      const figure = await perSecond(events(), side === 0 ? ours() : peer());
      if (round > 0) figures[side].push(figure);
    }
  return {
    name: `EventStoreDB: ${name}, beside the bare client`,
    unit: 'events/s',
    goal,
    ours: figures[0],
    peer: figures[1],
  };
};

/** What checks, deadlines and repeats cost on top of the client, on one server in memory that serves both. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const server = await EventStoreDbServer.start();
  const store = new EventStoreDbEventStore({ url: server.url });
  const client = EventStoreDBClient.connectionString(server.url);
  const held = (): number => 2 * APPENDS * (ROUNDS + 1);
  const signal = new AbortController().signal;
  const follow = async (): Promise<void> => {
    for await (const { caughtUp } of store.subscribe({ signal })) if (caughtUp) return;
  };
  const filter = streamNameFilter({ regex: '^[^$]' });
  const rows = [
    await compare(
      `${WRITERS} appends at a time`,
      '≥ 0.8 ×',
      () => APPENDS,
      () => {
        const appends = newStreams();
        return () => store.appendMany(appends);
      },
      () => bareAppends(client),
    ),
    await compare(
      'reading everything',
      '≥ 0.7 ×',
      held,
      () => () => count(store.readAll()),
      () => () => count(client.readAll()),
    ),
    await compare(
      'catching up',
      '≥ 0.7 ×',
      held,
      () => follow,
      () => () => count(client.subscribeToAll({ fromPosition: START, filter }), held()),
    ),
  ];
  await client.dispose();
  await store.close();
  await server.stop();
  return rows;
};
