import { afterEach, describe, expect, it } from '@jest/globals';
import type {
  EventBatch,
  EventStore,
  SubscriptionOptions,
} from '../../../src/application/ports/event-store.js';
import { Follower } from './follower.js';
import type { OpenEventStore } from './opened.js';
import { opened } from './opened.js';
import { commented, freshStream, ids, many, revoked } from './samples.js';

export const subscribeContract = (open: OpenEventStore): void => {
  const followers: Follower[] = [];
  // Before the log's own hook, so that a store is closed after those who follow it.
  afterEach(async () => {
    await Promise.all(followers.splice(0).map((follower) => follower.stop()));
  });
  const log = opened(open);

  const follow = (
    store: EventStore,
    options: Omit<SubscriptionOptions, 'signal'>,
    handle?: (batch: EventBatch) => Promise<void> | void,
  ): Follower => {
    const follower = new Follower(store, options, handle);
    followers.push(follower);
    return follower;
  };

  const write = async (store: EventStore, stream: string, events = many(1)) => {
    const { position } = await store.append({ stream, expected: 'ANY', events });
    return { position, ids: ids(events) };
  };

  const of = (follower: Follower, stream: string) =>
    ids(follower.events.filter((event) => event.stream === stream));

  describe('subscribing', () => {
    it('catches up and then follows, without a gap or a repeat', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      const past = await write(store, stream, many(30));
      const follower = follow(store, { after, batchSize: 7 });
      await follower.until(({ position }) => position >= past.position);
      expect(of(follower, stream)).toEqual(past.ids);
      const live = await write(store, stream, many(3));
      const more = await write(store, stream, many(2));
      await follower.until(({ position }) => position >= more.position);
      expect(of(follower, stream)).toEqual([...past.ids, ...live.ids, ...more.ids]);
    });

    it('starts with the first event where no position is given', async () => {
      const { store } = log();
      const stream = freshStream();
      const written = await write(store, stream, many(2));
      const follower = follow(store, {});
      await follower.until(({ position }) => position >= written.position);
      expect(of(follower, stream)).toEqual(written.ids);
    });

    it('starts after the position, that one excluded', async () => {
      const { store } = log();
      const stream = freshStream();
      const first = await write(store, stream);
      const second = await write(store, stream);
      const follower = follow(store, { after: first.position });
      await follower.until(({ position }) => position >= second.position);
      expect(of(follower, stream)).toEqual(second.ids);
    });

    it('says when it has reached the end of the log as it was', async () => {
      const { store } = log();
      const after = await store.head();
      const written = await write(store, freshStream(), many(20));
      const follower = follow(store, { after, batchSize: 6 });
      await follower.until(({ batches }) => batches.some(({ caughtUp }) => caughtUp));
      expect(follower.position >= written.position).toBe(true);
      expect(follower.batches[0]?.caughtUp).toBe(false);
    });

    it('gives only the types asked for', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      const follower = follow(store, { after, types: ['ApiKeyRevoked'], batchSize: 4 });
      const events = Array.from({ length: 20 }, (_, i) => (i % 3 ? commented() : revoked()));
      const written = await write(store, stream, events);
      const last = await write(store, stream, [revoked()]);
      await follower.until(({ position }) => position >= last.position);
      expect(of(follower, stream)).toEqual([...written.ids.filter((_, i) => i % 3 === 0), ...last.ids]);
    });

    it('moves its position over what it filters out: in the past, and live for a single event', async () => {
      const { store } = log();
      const after = await store.head();
      const past = await write(store, freshStream(), many(40));
      const follower = follow(store, { after, types: ['ApiKeyRevoked'] });
      await follower.until(({ position }) => position >= past.position);
      const live = await write(store, freshStream());
      await follower.until(({ position }) => position >= live.position);
      expect(follower.events).toEqual([]);
    });

    it('waits for a slow consumer and then goes on', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      const past = await write(store, stream, many(20));
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const follower = follow(store, { after, batchSize: 5 }, () => held);
      await follower.until(({ batches }) => batches.length === 1);
      const meanwhile = await write(store, stream, many(20));
      expect(follower.batches).toHaveLength(1);
      release();
      await follower.until(({ position }) => position >= meanwhile.position);
      expect(of(follower, stream)).toEqual([...past.ids, ...meanwhile.ids]);
    });

    it('gives every follower everything while many write', async () => {
      const { store } = log();
      const after = await store.head();
      const all = [
        follow(store, { after, batchSize: 3 }),
        follow(store, { after }),
        follow(store, { after }),
      ];
      const streams = Array.from({ length: 8 }, () => freshStream());
      const written = await Promise.all(
        streams.map(async (stream) => {
          const places = [];
          for (let i = 0; i < 10; i++) places.push(await write(store, stream, many(2)));
          return { ids: places.flatMap((place) => place.ids), end: places.at(-1)?.position ?? 0n };
        }),
      );
      const end = written.reduce((latest, each) => (each.end > latest ? each.end : latest), 0n);
      for (const follower of all) {
        await follower.until(({ position }) => position >= end);
        streams.forEach((stream, i) => expect(of(follower, stream)).toEqual(written[i]?.ids));
      }
    });

    it('sees what another store on the same log appends', async () => {
      const { store, another } = log();
      if (!another) return;
      const follower = follow(store, { after: await store.head() });
      const other = await another();
      const stream = freshStream();
      for (let i = 0; i < 3; i++) {
        const written = await write(other, stream);
        await follower.until(({ position }) => position >= written.position);
        expect(of(follower, stream)).toHaveLength(i + 1);
      }
    });
  });

  describe('ending a subscription', () => {
    it('ends while it waits', async () => {
      const { store } = log();
      const written = await write(store, freshStream());
      const follower = follow(store, { after: written.position - 1n });
      await follower.until(({ batches }) => batches.some(({ caughtUp }) => caughtUp));
      follower.abort();
      await expect(follower.ended).resolves.toBeUndefined();
    });

    it('ends between batches, and gives nothing after', async () => {
      const { store } = log();
      const after = await store.head();
      await write(store, freshStream(), many(20));
      const follower: Follower = follow(store, { after, batchSize: 5 }, () => follower.abort());
      await expect(follower.ended).resolves.toBeUndefined();
      expect(follower.batches).toHaveLength(1);
    });

    it('never begins when the signal has aborted before', async () => {
      const batches = log().store.subscribe({ signal: AbortSignal.abort() });
      const given = [];
      for await (const batch of batches) given.push(batch);
      expect(given).toEqual([]);
    });

    it('can be left early, and another goes on from its position', async () => {
      const { store } = log();
      const after = await store.head();
      const stream = freshStream();
      const written = await write(store, stream, many(10));
      let position = after;
      const taken: string[] = [];
      for await (const batch of store.subscribe({
        after,
        batchSize: 4,
        signal: new AbortController().signal,
      })) {
        taken.push(...ids(batch.events.filter((event) => event.stream === stream)));
        position = batch.position;
        if (taken.length > 0) break;
      }
      const follower = follow(store, { after: position });
      await follower.until((each) => each.position >= written.position);
      expect([...taken, ...of(follower, stream)]).toEqual(written.ids);
    });

    it('ends when the store is closed', async () => {
      const { store, reopen } = log();
      if (!reopen) return;
      const written = await write(store, freshStream());
      const follower = follow(store, { after: written.position - 1n });
      await follower.until(({ batches }) => batches.length > 0);
      await store.close();
      await expect(follower.ended).resolves.toBeUndefined();
    });
  });
};
