import { describe, expect, it } from '@jest/globals';
import { type ReadModel, ReadStoreError } from '../../../src/application/ports/read-store.js';
import type { Subject } from './subject.js';
import { commit, keysOf, put, type Thing, thing, things } from './things.js';

export const describeGenerations = ({ store, another }: Subject): void => {
  const rebuilt = (writes = [put('new', 3n)]) =>
    store().commit(things, { writes, checkpoint: 3n, expectedCheckpoint: null }, 'rebuild');

  describe('a rebuild', () => {
    it('is built beside the live generation, which goes on', async () => {
      await commit(store(), [put('old', 1n)]);
      await store().beginRebuild(things);
      expect(await store().checkpoint(things, 'rebuild')).toBeNull();
      await rebuilt();
      await commit(store(), [put('newer', 2n)]);
      expect(keysOf(await store().scan(things, { limit: 9 }))).toEqual(['newer', 'old']);
      expect(keysOf(await store().scan(things, { limit: 9 }, 'rebuild'))).toEqual(['new']);
      expect([...(await store().load(things, ['new', 'old'], 'rebuild')).keys()]).toEqual(['new']);
      expect(await store().checkpoint(things)).toBe(2n);
      expect(await store().checkpoint(things, 'rebuild')).toBe(3n);
      expect(await store().get(things, 'new')).toBeNull();
    });

    it('becomes the live one for every reader when switched', async () => {
      const other = await another();
      await commit(store(), [put('old', 1n)]);
      expect(await other.get(things, 'old')).toEqual(thing());
      await store().beginRebuild(things);
      await rebuilt();
      await store().switchRebuild(things);
      for (const reader of [store(), other]) {
        expect(keysOf(await reader.scan(things, { limit: 9 }))).toEqual(['new']);
        expect(keysOf(await reader.find(things, { index: 'byRank', equals: [], limit: 9 }))).toEqual(['new']);
        expect(await reader.count(things, { index: 'byOrg', equals: ['acme'] })).toBe(1);
        expect(await reader.checkpoint(things)).toBe(3n);
      }
      expect(await store().get(things, 'old')).toBeNull();
      await commit(other, [put('newest', 4n)]);
      expect(await store().checkpoint(things)).toBe(4n);
    });

    it('starts empty again when begun again', async () => {
      await store().beginRebuild(things);
      await rebuilt();
      await store().beginRebuild(things);
      expect(await store().checkpoint(things, 'rebuild')).toBeNull();
      expect(await store().scan(things, { limit: 9 }, 'rebuild')).toEqual([]);
    });

    it('is fenced like the live one', async () => {
      await store().beginRebuild(things);
      await rebuilt();
      await expect(rebuilt()).rejects.toMatchObject({ kind: 'FENCED' });
    });

    it('cannot be written or switched when none is under way', async () => {
      await expect(rebuilt()).rejects.toMatchObject({ kind: 'FENCED' });
      await expect(store().switchRebuild(things)).rejects.toMatchObject({ kind: 'FENCED' });
    });

    it('fences the projector that wrote the old generation', async () => {
      await commit(store(), [put('old', 1n)]);
      await store().beginRebuild(things);
      await rebuilt();
      await store().switchRebuild(things);
      await expect(
        store().commit(things, { writes: [], checkpoint: 2n, expectedCheckpoint: 1n }),
      ).rejects.toMatchObject({ kind: 'FENCED' });
    });

    it('never shows a reader anything but one whole generation', async () => {
      await commit(store(), [put('a', 1n, thing({ label: '0' })), put('b', 1n, thing({ label: '0' }))]);
      const other = await another();
      let switching = true;
      const readers = [store(), other].map(async (reader) => {
        while (switching) {
          const page = await reader.scan(things, { limit: 9 });
          expect(keysOf(page)).toEqual(['a', 'b']);
          expect(page[0]?.document.label).toBe(page[1]?.document.label);
          await new Promise(setImmediate);
        }
      });
      const switches = async (): Promise<void> => {
        for (let round = 1; round <= 10; round++) {
          const document = thing({ label: String(round) });
          await store().beginRebuild(things);
          await rebuilt([put('a', 3n, document), put('b', 3n, document)]);
          await store().switchRebuild(things);
          await new Promise(setImmediate);
        }
      };
      await Promise.all([...readers, switches().finally(() => (switching = false))]);
      expect((await other.scan(things, { limit: 1 }))[0]?.document.label).toBe('10');
    });
  });

  describe('preparing', () => {
    it('keeps what is stored when nothing has changed', async () => {
      await commit(store(), [put('a', 1n)]);
      await store().prepare([things]);
      expect(await store().get(things, 'a')).toEqual(thing());
      expect(await store().checkpoint(things)).toBe(1n);
    });

    it('starts a newer version empty, refuses the older program, and says what to do', async () => {
      const model: ReadModel<Thing> = { ...things, name: 'contract-versions' };
      const newer: ReadModel<Thing> = { ...model, version: 4, indexes: { byLabel: ['label'] } };
      await store().prepare([model]);
      await store().commit(model, { writes: [put('a', 1n)], checkpoint: 1n, expectedCheckpoint: null });
      const other = await another();
      await other.prepare([newer]);
      expect(await other.checkpoint(newer)).toBeNull();
      expect(await other.get(newer, 'a')).toBeNull();
      await other.commit(newer, { writes: [put('b', 1n)], checkpoint: 1n, expectedCheckpoint: null });
      expect(keysOf(await other.find(newer, { index: 'byLabel', equals: ['a'], limit: 9 }))).toEqual(['b']);
      const refusal = await store()
        .prepare([model])
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ReadStoreError);
      expect(refusal).toMatchObject({
        kind: 'NEWER_VERSION',
        message: expect.stringContaining('newer program'),
      });
      await expect(
        store().commit(model, { writes: [], checkpoint: 2n, expectedCheckpoint: 1n }),
      ).rejects.toMatchObject({ kind: 'NEWER_VERSION' });
    });
  });
};
