import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccessDeniedError,
  eventTypeFilter,
  StreamDeletedError,
  EventStoreDBClient,
  jsonEvent,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import type { StoredEvent } from './memory-log.js';
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

  it('refuses what is too large and what is not allowed', async () => {
    const large = jsonEvent({ type: 'Happened', data: { text: 'x'.repeat(1024 * 1024) } });
    await expect(client.appendToStream('s', large)).rejects.toThrow();
    server.faults.deny = () => true;
    await expect(client.appendToStream('s', event())).rejects.toBeInstanceOf(AccessDeniedError);
  });

  it('deletes streams, for now or for good', async () => {
    await client.appendToStream('s', [event(), event()]);
    await client.deleteStream('s');
    await expect(
      client.appendToStream('s', event(), { expectedRevision: 'no_stream' }),
    ).resolves.toMatchObject({
      nextExpectedRevision: 2n,
    });
    await client.tombstoneStream('s');
    await expect(client.appendToStream('s', event())).rejects.toBeInstanceOf(StreamDeletedError);
  });

  it('keeps the metadata of a stream', async () => {
    await client.setStreamMetadata('s', { owner: 'ada' });
    expect((await client.getStreamMetadata('s')).metadata).toEqual({ owner: 'ada' });
  });

  it('reads backwards from the end, the server’s own events included', async () => {
    await client.appendToStream('s', [event('A'), event('B')]);
    const types: string[] = [];
    for await (const { event: recorded } of client.readAll({
      direction: 'backwards',
      fromPosition: 'end',
      maxCount: 3,
    }))
      types.push(recorded?.type ?? '');
    expect(types).toEqual(['B', 'A', '$statsCollected']);
  });

  it('is found by gossip', async () => {
    const found = EventStoreDBClient.connectionString(server.url.replace('esdb:', 'esdb+discover:'));
    await expect(found.appendToStream('s', event())).resolves.toMatchObject({ success: true });
    await found.dispose();
  });

  it('is there again with its data after it was away', async () => {
    await client.appendToStream('s', event());
    await server.restart();
    const later = event();
    // The client needs a moment to notice.
    const appended = await eventually(() => client.appendToStream('s', later));
    expect(appended.nextExpectedRevision).toBe(1n);
  });
});

describe('a snapshot', () => {
  it('gives the log back as it was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sla-snapshot-'));
    const snapshot = join(folder, 'log.jsonl');
    const first = await EventStoreDbServer.start({ snapshot });
    first.appendAsAnother('s', [{ id: randomUUID(), type: 'Happened', data: { n: 1 }, metadata: {} }]);
    await first.stop();
    const second = await EventStoreDbServer.start({ snapshot });
    const plain = ({ data, metadata, ...rest }: StoredEvent) => ({
      ...rest,
      data: [...data],
      metadata: [...metadata],
    });
    expect(second.log.events.map(plain)).toEqual(first.log.events.map(plain));
    await second.stop();
    await rm(folder, { recursive: true });
  });
});
