import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventTypeFilter,
  EventStoreDBClient,
  jsonEvent,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { EventStoreDbServer } from './server.js';

const event = (type = 'Happened', id = randomUUID()) =>
  jsonEvent({ id, type, data: { n: 1 }, metadata: { m: 2 } });

describe.each([true, false])('the test server with the real client, batch append %s', (batchAppend) => {
  let server: EventStoreDbServer;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    server = await EventStoreDbServer.start({ batchAppend });
    client = EventStoreDBClient.connectionString(server.url);
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  it('appends and reads back what was appended', async () => {
    const appended = await client.appendToStream('s', [event('A'), event('B')], {
      expectedRevision: 'no_stream',
    });
    expect(appended.nextExpectedRevision).toBe(1n);
    const read = [];
    for await (const { event: recorded } of client.readStream('s')) read.push(recorded);
    expect(read.map((e) => [e?.type, e?.revision, e?.data, e?.metadata])).toEqual([
      ['A', 0n, { n: 1 }, { m: 2 }],
      ['B', 1n, { n: 1 }, { m: 2 }],
    ]);
    expect(read[1]?.position?.commit).toBe(appended.position?.commit);
  });

  it('answers a repeated append as the first time and a conflicting one with the current revision', async () => {
    const events = [event()];
    const first = await client.appendToStream('s', events, { expectedRevision: 'no_stream' });
    await client.appendToStream('s', event(), { expectedRevision: 0n });
    expect(await client.appendToStream('s', events, { expectedRevision: 'no_stream' })).toEqual(first);
    const conflict = client.appendToStream('s', event(), { expectedRevision: 0n });
    await expect(conflict).rejects.toBeInstanceOf(WrongExpectedVersionError);
    await expect(conflict).rejects.toMatchObject({ actualVersion: 1n });
  });

  it('says that a stream does not exist', async () => {
    const reading = async (): Promise<void> => {
      for await (const _ of client.readStream('none')) expect(_).toBeUndefined();
    };
    await expect(reading()).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  it('follows the log through a filter, from the past into the present', async () => {
    await client.appendToStream('s', [event('A'), event('B'), event('A')]);
    const filter = eventTypeFilter({ regex: '^A$' });
    const subscription = client.subscribeToAll({ filter });
    const seen: string[] = [];
    for await (const { event: recorded } of subscription) {
      seen.push(`${recorded?.type}${recorded?.revision}`);
      if (seen.length === 2) await client.appendToStream('s', [event('B'), event('A')]);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(['A0', 'A2', 'A4']);
  });
});
