import { describe, expect, it } from '@jest/globals';
import type { Subject } from './subject.js';
import { commit, keysOf, put, thing, things } from './things.js';

export const describeCommits = ({ store, another }: Subject): void => {
  describe('a commit', () => {
    it('has no checkpoint before the first', async () => {
      expect(await store().checkpoint(things)).toBeNull();
      expect(await store().get(things, 'a')).toBeNull();
    });

    it('writes documents and the checkpoint', async () => {
      await commit(store(), [put('a', 5n), put('b', 7n, thing({ label: 'b' }))]);
      expect(await store().checkpoint(things)).toBe(7n);
      expect(await store().get(things, 'b')).toEqual(thing({ label: 'b' }));
    });

    it('moves the checkpoint alone', async () => {
      await commit(store(), [], { checkpoint: 99n });
      expect(await store().checkpoint(things)).toBe(99n);
    });

    it('keeps positions beyond what a number holds', async () => {
      const far = 9_007_199_254_740_993n;
      await commit(store(), [put('a', far)]);
      expect(await store().checkpoint(things)).toBe(far);
      await commit(store(), [put('a', far - 1n, thing({ label: 'older' }))], { checkpoint: far + 1n });
      expect(await store().get(things, 'a')).toEqual(thing());
    });

    it('gives documents back as they were written', async () => {
      const document = thing({ label: 'naïve "quotes" \n 😀', nested: { list: ['x', 1.5, null] } });
      await commit(store(), [put("o'clock|ключ|鍵", 1n, document)]);
      expect(await store().get(things, "o'clock|ключ|鍵")).toStrictEqual(document);
    });

    it('replaces and removes documents', async () => {
      await commit(store(), [put('a', 1n), put('b', 1n)]);
      await commit(store(), [put('a', 2n, thing({ rank: 9 })), put('b', 2n, null), put('c', 2n, null)]);
      expect(await store().get(things, 'a')).toEqual(thing({ rank: 9 }));
      expect(await store().get(things, 'b')).toBeNull();
    });

    it('never lets an older write or removal replace a newer document', async () => {
      await commit(store(), [put('a', 10n), put('b', 10n)]);
      await commit(store(), [put('a', 9n, thing({ rank: 0 })), put('b', 9n, null)], { checkpoint: 11n });
      expect(await store().getMany(things, ['a', 'b'])).toEqual(
        new Map([
          ['a', thing()],
          ['b', thing()],
        ]),
      );
    });

    it('is refused when the checkpoint has moved, and writes nothing', async () => {
      await commit(store(), [put('a', 1n)]);
      const late = { writes: [put('a', 2n, thing({ rank: 2 })), put('b', 2n)], checkpoint: 2n };
      for (const expectedCheckpoint of [null, 0n, 2n])
        await expect(store().commit(things, { ...late, expectedCheckpoint })).rejects.toMatchObject({
          name: 'ReadStoreError',
          kind: 'FENCED',
        });
      expect(await store().checkpoint(things)).toBe(1n);
      expect(keysOf(await store().scan(things, { limit: 10 }))).toEqual(['a']);
      expect(await store().get(things, 'a')).toEqual(thing());
    });

    it('goes through for one of two processes only', async () => {
      const other = await another();
      const attempt = { writes: [put('a', 1n)], checkpoint: 1n, expectedCheckpoint: null };
      const outcomes = await Promise.allSettled([
        store().commit(things, attempt),
        other.commit(things, attempt),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await other.get(things, 'a')).toEqual(thing());
    });
  });

  describe('reading by key', () => {
    it('gives what there is of many keys', async () => {
      await commit(store(), [put('a', 1n), put('b', 1n)]);
      const some = new Map([['b', thing()]]);
      expect(await store().getMany(things, ['b', 'missing', 'b'])).toEqual(some);
      expect(await store().load(things, ['missing', 'b'])).toEqual(some);
      expect(await store().getMany(things, [])).toEqual(new Map());
    });

    it('gives documents with the checkpoint that they reflect, while another process writes', async () => {
      const other = await another();
      const last = 40n;
      const writing = (async () => {
        for (let at = 1n; at <= last; at++)
          await commit(
            other,
            ['a', 'b', 'c'].map((key) => put(key, at, thing({ rank: Number(at) }))),
          );
      })();
      for (let seen = 0n; seen < last;) {
        const { checkpoint, documents } = await store().snapshot(things, ['a', 'b', 'c', 'missing']);
        expect(checkpoint ?? 0n).toBeGreaterThanOrEqual(seen);
        seen = checkpoint ?? 0n;
        const ranks = [...documents.values()].map(({ rank }) => rank);
        expect(ranks).toEqual(checkpoint === null ? [] : Array(3).fill(Number(checkpoint)));
        // A store that answers in the same turn would leave the other none.
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writing;
    });

    it('scans in key order, a page at a time, within a prefix', async () => {
      await commit(
        store(),
        ['o|b', 'o|a', 'o', 'n|z', 'o|c', 'p|a', 'o|ü', 'o|😀'].map((key) => put(key, 1n)),
      );
      expect(keysOf(await store().scan(things, { limit: 3 }))).toEqual(['n|z', 'o', 'o|a']);
      expect(keysOf(await store().scan(things, { prefix: 'o|', limit: 9 }))).toEqual([
        'o|a',
        'o|b',
        'o|c',
        'o|ü',
        'o|😀',
      ]);
      expect(keysOf(await store().scan(things, { prefix: 'o|', after: 'o|a', limit: 2 }))).toEqual([
        'o|b',
        'o|c',
      ]);
      expect(keysOf(await store().scan(things, { prefix: 'o|', after: 'a', limit: 1 }))).toEqual(['o|a']);
      expect(keysOf(await store().scan(things, { prefix: 'o|', after: 'q', limit: 1 }))).toEqual([]);
    });
  });
};
