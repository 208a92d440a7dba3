import { describe, expect, it } from '@jest/globals';
import { EventStoreError, MAX_APPEND_BYTES } from '../../../src/application/ports/event-store.js';
import type { OpenEventStore } from './opened.js';
import { opened } from './opened.js';
import { collect, commented, freshStream, ids, many, metadata, outcome, revoked } from './samples.js';

export const appendContract = (open: OpenEventStore): void => {
  const log = opened(open);

  describe('appending', () => {
    it('starts a stream at revision 0 and answers the place of the last event', async () => {
      const { store } = log();
      const stream = freshStream();
      const first = await store.append({ stream, expected: 'NO_STREAM', events: many(3) });
      const next = await store.append({ stream, expected: 2n, events: many(1) });
      const events = await collect(store.readStream(stream));
      expect(events.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n]);
      expect(first).toEqual({ revision: 2n, position: events[2]?.position });
      expect(next).toEqual({ revision: 3n, position: events[3]?.position });
    });

    it('keeps everything an event says', async () => {
      const { store } = log();
      const stream = freshStream();
      const said = { ...metadata, reason: 'because “so”', $causationId: 'cause' };
      const text = 'quotes " \\ \n line \u2028 NUL \u0000 emoji 👩‍🚀 Straße 客户';
      const event = { ...commented(text), metadata: said };
      const { position } = await store.append({ stream, expected: 'NO_STREAM', events: [event] });
      const [recorded] = await collect(store.readStream(stream));
      expect(recorded).toEqual({
        ...event,
        stream,
        revision: 0n,
        position,
        recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    });

    it('gives events growing positions and recorded times that never go back', async () => {
      const { store } = log();
      const before = await store.head();
      const streams = [freshStream(), freshStream()];
      for (const stream of [...streams, ...streams])
        await store.append({ stream, expected: 'ANY', events: many(2) });
      const events = (await collect(store.readAll({ after: before }))).filter(({ stream }) =>
        streams.includes(stream),
      );
      expect(events).toHaveLength(8);
      events.slice(1).forEach((event, i) => {
        expect(event.position > (events[i]?.position ?? 0n)).toBe(true);
        expect(event.recordedAt >= (events[i]?.recordedAt ?? '')).toBe(true);
      });
    });

    it.each([
      ['an exact revision that is behind', 0n],
      ['an exact revision that is ahead', 7n],
      ['no stream where there is one', 'NO_STREAM' as const],
    ])('refuses %s and appends nothing', async (_case, expected) => {
      const { store } = log();
      const stream = freshStream();
      await store.append({ stream, expected: 'NO_STREAM', events: many(2) });
      const refused = store.append({ stream, expected, events: many(2) });
      await expect(refused).rejects.toBeInstanceOf(EventStoreError);
      await expect(refused).rejects.toMatchObject({ kind: 'CONFLICT' });
      expect(await collect(store.readStream(stream))).toHaveLength(2);
    });

    it('refuses an exact revision where there is no stream', async () => {
      const append = { stream: freshStream(), expected: 0n, events: many(1) };
      expect(await outcome(log().store.append(append))).toBe('CONFLICT');
    });

    it('appends at any revision when asked to', async () => {
      const { store } = log();
      const stream = freshStream();
      expect(await outcome(store.append({ stream, expected: 'ANY', events: many(1) }))).toBe(0n);
      expect(await outcome(store.append({ stream, expected: 'ANY', events: many(2) }))).toBe(2n);
    });

    it.each([
      'tier-demo.gold%2Fplus',
      'customer-demo.ünïcødé 客户 👩‍🚀',
      'ticket-demo.a b\'c"d;--',
      'x-a.%C3%BC',
    ])('takes the name %s for what it is', async (name) => {
      const { store } = log();
      const stream = freshStream(name);
      await store.append({ stream, expected: 'NO_STREAM', events: [commented('mine')] });
      await store.append({ stream: encodeURIComponent(stream), expected: 'NO_STREAM', events: many(1) });
      expect(await store.readLast(stream)).toMatchObject({ stream, data: { text: 'mine' } });
      expect(await collect(store.readStream(stream))).toHaveLength(1);
    });

    it('refuses what is too large, and takes what just fits', async () => {
      const { store } = log();
      const stream = freshStream();
      const room = MAX_APPEND_BYTES - 2_000;
      const fits = store.append({ stream, expected: 'ANY', events: [commented('x'.repeat(room))] });
      expect(await outcome(fits)).toBe(0n);
      const halves = [commented('x'.repeat(room / 2)), commented('ü'.repeat(room / 2))];
      expect(await outcome(store.append({ stream, expected: 'ANY', events: halves }))).toBe('TOO_LARGE');
      expect(await collect(store.readStream(stream))).toHaveLength(1);
    });

    it('refuses an event that its type does not allow, naming the field', async () => {
      const { store } = log();
      const stream = freshStream();
      const wrong = { ...commented(), data: { changeId: 'change', revision: 0, text: 'x' } };
      await expect(store.append({ stream, expected: 'ANY', events: [commented(), wrong] })).rejects.toThrow(
        /ChangeCommented.*data\.revision/,
      );
      expect(await store.readLast(stream)).toBeNull();
    });
  });

  describe('appending many', () => {
    it('answers each on its own, in order', async () => {
      const { store } = log();
      const [taken, free, large, growing] = [freshStream(), freshStream(), freshStream(), freshStream()];
      await store.append({ stream: taken, expected: 'NO_STREAM', events: many(1) });
      const answers = await store.appendMany([
        { stream: free, expected: 'NO_STREAM', events: many(2) },
        { stream: taken, expected: 'NO_STREAM', events: many(1) },
        { stream: large, expected: 'ANY', events: [commented('x'.repeat(MAX_APPEND_BYTES))] },
        { stream: growing, expected: 'ANY', events: [revoked()] },
      ]);
      expect(answers).toEqual([
        { revision: 1n, position: (await store.readLast(free))?.position },
        expect.objectContaining({ name: 'EventStoreError', kind: 'CONFLICT' }),
        expect.objectContaining({ name: 'EventStoreError', kind: 'TOO_LARGE' }),
        { revision: 0n, position: (await store.readLast(growing))?.position },
      ]);
      expect(await store.readLast(large)).toBeNull();
    });

    it('of nothing answers nothing', async () => {
      expect(await log().store.appendMany([])).toEqual([]);
    });

    it('takes thousands', async () => {
      const { store } = log();
      const appends = Array.from({ length: 2_500 }, () => ({
        stream: freshStream(),
        expected: 'NO_STREAM' as const,
        events: many(1),
      }));
      const before = await store.head();
      const answers = await store.appendMany(appends);
      expect(answers.filter((given) => given instanceof EventStoreError)).toEqual([]);
      const found = new Set(ids(await collect(store.readAll({ after: before }))));
      expect(appends.flatMap(({ events }) => ids(events)).filter((id) => !found.has(id))).toEqual([]);
    });
  });
};
