import { describe, expect, it } from '@jest/globals';
import type { Committed } from '../../../src/application/ports/read-store.js';
import { eventually } from '../../support/eventually.js';
import type { Subject } from './subject.js';
import { commit, put, thing, things } from './things.js';

export const describeListeners = ({ store, another }: Subject): void => {
  describe('a listener', () => {
    const listening = () => {
      const told: Committed[] = [];
      return { told, end: store().onCommitted((committed) => told.push(committed)) };
    };

    it('is told of every commit of this process before its promise resolves', async () => {
      const { told, end } = listening();
      await commit(store(), [put('a', 1n), put('b', 2n, null)]);
      expect(told).toContainEqual({ model: things.name, keys: ['a', 'b'], checkpoint: 2n });
      end();
    });

    it('is told of a switch', async () => {
      const { told, end } = listening();
      await store().beginRebuild(things);
      await store().commit(things, { writes: [], checkpoint: 8n, expectedCheckpoint: null }, 'rebuild');
      expect(told).toEqual([]);
      await store().switchRebuild(things);
      expect(told).toContainEqual({ model: things.name, keys: ['*'], checkpoint: 8n });
      end();
    });

    it('is told that another process has written, and reads it', async () => {
      const other = await another();
      expect(await store().get(things, 'a')).toBeNull();
      const { told, end } = listening();
      await commit(other, [put('a', 1n)]);
      await eventually(() => expect(told.some(({ keys }) => keys.includes('*'))).toBe(true));
      expect(await store().get(things, 'a')).toEqual(thing());
      end();
    });

    it('is told before a checkpoint shows what another process has written', async () => {
      const other = await another();
      const { told, end } = listening();
      await commit(other, [put('a', 1n)]);
      expect(await store().checkpoint(things)).toBe(1n);
      expect(told.some(({ keys }) => keys.includes('*'))).toBe(true);
      end();
    });

    it('is left alone once it has ended', async () => {
      const { told, end } = listening();
      end();
      await commit(store(), [put('a', 1n)]);
      expect(told).toEqual([]);
    });
  });

  describe('a ping', () => {
    it('answers while the store is there and is refused once it is closed', async () => {
      await store().ping();
      const other = await another();
      await other.close();
      await expect(other.ping()).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
      await expect(other.get(things, 'a')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
    });
  });
};
