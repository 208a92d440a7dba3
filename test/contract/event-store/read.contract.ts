import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../../src/application/ports/event-store.js';
import type { OpenEventStore } from './opened.js';
import { opened } from './opened.js';
import { collect, commented, freshStream, ids, many, outcome, revoked } from './samples.js';

export const readContract = (open: OpenEventStore): void => {
  const log = opened(open);

  describe('reading a stream', () => {
    const filled = async (store: EventStore, count: number) => {
      const stream = freshStream();
      const events = many(count);
      await store.append({ stream, expected: 'NO_STREAM', events });
      return { stream, expected: ids(events) };
    };

    it('gives its events in order, more than one page of them too', async () => {
      const { store } = log();
      const { stream, expected } = await filled(store, 2_100);
      expect(ids(await collect(store.readStream(stream)))).toEqual(expected);
    });

    it('starts at a revision, that one included', async () => {
      const { store } = log();
      const { stream, expected } = await filled(store, 5);
      expect(ids(await collect(store.readStream(stream, { fromRevision: 2n })))).toEqual(expected.slice(2));
      expect(await collect(store.readStream(stream, { fromRevision: 5n }))).toEqual([]);
    });

    it('stops at a limit', async () => {
      const { store } = log();
      const { stream, expected } = await filled(store, 5);
      const read = (limit: number) => collect(store.readStream(stream, { fromRevision: 1n, limit }));
      expect(ids(await read(2))).toEqual(expected.slice(1, 3));
      expect(ids(await read(50))).toEqual(expected.slice(1));
    });

    it('that does not exist gives nothing', async () => {
      const { store } = log();
      expect(await collect(store.readStream(freshStream()))).toEqual([]);
      expect(await store.readLast(freshStream())).toBeNull();
    });

    it('gives the last event alone', async () => {
      const { store } = log();
      const { stream, expected } = await filled(store, 3);
      expect(await store.readLast(stream)).toMatchObject({ id: expected[2], revision: 2n, stream });
    });

    it('can be left early', async () => {
      const { store } = log();
      const { stream } = await filled(store, 3);
      for await (const event of store.readStream(stream)) if (event.revision === 1n) break;
      expect(await outcome(store.append({ stream, expected: 2n, events: many(1) }))).toBe(3n);
    });
  });

  describe('reading all', () => {
    it('gives the events of all streams in order, between two positions', async () => {
      const { store } = log();
      const before = await store.head();
      const [a, b] = [freshStream(), freshStream()];
      const places = [];
      for (const stream of [a, b, a, b])
        places.push(await store.append({ stream, expected: 'ANY', events: [commented()] }));
      const read = async (after?: bigint, upTo?: bigint) =>
        (await collect(store.readAll({ after, upTo })))
          .filter(({ stream }) => stream === a || stream === b)
          .map(({ position }) => position);
      const positions = places.map(({ position }) => position);
      expect(await read(before)).toEqual(positions);
      expect(await read()).toEqual(positions);
      expect(await read(positions[0], positions[2])).toEqual(positions.slice(1, 3));
      expect(await read(positions[3])).toEqual([]);
      expect(await read(positions[2], positions[1])).toEqual([]);
    });

    it('gives only the types asked for', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      await store.append({
        stream,
        expected: 'ANY',
        events: [commented(), revoked(), commented(), revoked()],
      });
      const read = async (types: Parameters<EventStore['readAll']>[0]) =>
        (await collect(store.readAll({ ...types, after })))
          .filter((event) => event.stream === stream)
          .map(({ revision }) => revision);
      expect(await read({ types: ['ApiKeyRevoked'] })).toEqual([1n, 3n]);
      expect(await read({ types: ['ApiKeyRevoked', 'ChangeCommented'] })).toEqual([0n, 1n, 2n, 3n]);
      expect(await read({ types: ['PasswordSet'] })).toEqual([]);
    });

    it('reads on after events that are as large as an append may be', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      const large = 'x'.repeat(900_000);
      for (let i = 0; i < 12; i++)
        await store.append({ stream, expected: 'ANY', events: [commented(large)] });
      await store.append({ stream, expected: 'ANY', events: many(20) });
      const revisions = (await collect(store.readAll({ after })))
        .filter((event) => event.stream === stream)
        .map(({ revision }) => revision);
      expect(revisions).toEqual(Array.from({ length: 32 }, (_, i) => BigInt(i)));
      expect(await collect(store.readStream(stream))).toHaveLength(32);
    });
  });

  describe('the head', () => {
    it('is the position of the last event', async () => {
      const { store } = log();
      const before = await store.head();
      const { position } = await store.append({ stream: freshStream(), expected: 'ANY', events: many(2) });
      expect(before < position).toBe(true);
      expect((await store.head()) >= position).toBe(true);
    });
  });

  describe('the life of a store', () => {
    it('answers a ping', async () => {
      await expect(log().store.ping()).resolves.toBeUndefined();
    });

    it('keeps what was appended when it is opened again', async () => {
      const { store, reopen } = log();
      if (!reopen) return;
      const stream = freshStream();
      const events = many(3);
      await store.append({ stream, expected: 'NO_STREAM', events });
      const again = await reopen();
      expect(ids(await collect(again.readStream(stream)))).toEqual(ids(events));
      expect(await outcome(again.append({ stream, expected: 2n, events: many(1) }))).toBe(3n);
    });

    it('finishes what was asked for before it is closed, and refuses what comes after', async () => {
      const { store, reopen } = log();
      if (!reopen) return;
      const stream = freshStream();
      const late = freshStream();
      const appended = store.append({ stream, expected: 'ANY', events: many(1) });
      await store.close();
      await expect(appended).resolves.toMatchObject({ revision: 0n });
      expect(await outcome(store.append({ stream: late, expected: 'ANY', events: many(1) }))).toBe(
        'UNAVAILABLE',
      );
      await expect(store.ping()).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
      const again = await reopen();
      expect(await collect(again.readStream(stream))).toHaveLength(1);
      expect(await again.readLast(late)).toBeNull();
    });
  });
};
