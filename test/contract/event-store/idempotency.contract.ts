import { describe, expect, it } from '@jest/globals';
import type { OpenEventStore } from './opened.js';
import { opened } from './opened.js';
import { collect, commented, freshStream, many, outcome } from './samples.js';

export const idempotencyContract = (open: OpenEventStore): void => {
  const log = opened(open);

  describe('appending the same events again', () => {
    it.each([
      ['any revision', 'ANY' as const],
      ['the revision of the first time', 1n],
    ])('expecting %s answers as the first time and appends nothing', async (_case, expected) => {
      const { store } = log();
      const stream = freshStream();
      await store.append({ stream, expected: 'NO_STREAM', events: many(2) });
      const append = { stream, expected, events: many(3) };
      const first = await store.append(append);
      expect(await store.append(append)).toEqual(first);
      await store.append({ stream, expected: 4n, events: many(2) });
      expect(await store.append(append)).toEqual(first);
      expect(await collect(store.readStream(stream))).toHaveLength(7);
    });

    it('expecting no stream answers as the first time', async () => {
      const { store } = log();
      const append = { stream: freshStream(), expected: 'NO_STREAM' as const, events: many(2) };
      const first = await store.append(append);
      await store.append({ ...append, expected: 1n, events: many(1) });
      expect(await store.append(append)).toEqual(first);
    });

    it('answers as the first time after the log was opened again', async () => {
      const { store, reopen } = log();
      if (!reopen) return;
      const append = { stream: freshStream(), expected: 'ANY' as const, events: many(2) };
      const first = await store.append(append);
      expect(await (await reopen()).append(append)).toEqual(first);
    });

    it('at the same time appends them once', async () => {
      const { store } = log();
      const stream = freshStream();
      for (const expected of ['NO_STREAM', 1n, 'ANY'] as const) {
        const append = { stream, expected, events: many(2) };
        const answers = await Promise.all(Array.from({ length: 20 }, () => store.append(append)));
        expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      }
      expect(await collect(store.readStream(stream))).toHaveLength(6);
    });

    it.each([
      ['any revision', 'ANY' as const],
      ['an exact revision', 'NO_STREAM' as const],
    ])('in part is a conflict, expecting %s', async (_case, expected) => {
      const { store } = log();
      const stream = freshStream();
      const [a, b] = [commented('a'), commented('b')];
      await store.append({ stream, expected: 'NO_STREAM', events: [a, b] });
      expect(await outcome(store.append({ stream, expected, events: [a, commented('c')] }))).toBe('CONFLICT');
      expect(await outcome(store.append({ stream, expected, events: [a, b, commented('c')] }))).toBe(
        'CONFLICT',
      );
      expect(await collect(store.readStream(stream))).toHaveLength(2);
    });

    it('elsewhere than at the first time is a conflict where the revision is exact', async () => {
      const { store } = log();
      const stream = freshStream();
      const events = many(1);
      await store.append({ stream, expected: 'NO_STREAM', events: many(2) });
      await store.append({ stream, expected: 1n, events });
      await store.append({ stream, expected: 2n, events: many(1) });
      expect(await outcome(store.append({ stream, expected: 'NO_STREAM', events }))).toBe('CONFLICT');
    });
  });
};
