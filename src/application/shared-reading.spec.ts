import { describe, expect, it } from '@jest/globals';
import { SharedReading } from './shared-reading.js';

interface Held {
  readonly resolve: (value: string) => void;
  readonly reject: (reason: Error) => void;
}

/** Readings that end when the test says so. */
const held = () => {
  const begun: Held[] = [];
  const shared = new SharedReading(
    (key: string) =>
      new Promise<string>((resolve, reject) => {
        begun.push({ resolve: (value) => resolve(`${key} ${value}`), reject });
      }),
  );
  return { shared, begun };
};

/** As far as anything goes that waits for nothing but promises. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a reading that is shared', () => {
  it('is never one that began before it was asked for', async () => {
    const { shared, begun } = held();
    const first = shared.of('policy');
    const second = shared.of('policy');
    expect(begun).toHaveLength(1);
    begun[0]!.resolve('old');
    expect(await first).toBe('policy old');
    await settled();
    expect(begun).toHaveLength(2);
    begun[1]!.resolve('new');
    expect(await second).toBe('policy new');
  });

  it('is one for all who wait for the next', async () => {
    const { shared, begun } = held();
    const first = shared.of('policy');
    const waiting = Array.from({ length: 30 }, () => shared.of('policy'));
    begun[0]!.resolve('1');
    await first;
    await settled();
    begun[1]!.resolve('2');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['policy 2']));
    expect(begun).toHaveLength(2);
  });

  it('begins at once when none is under way', async () => {
    const { shared, begun } = held();
    for (const value of ['1', '2']) {
      const reading = shared.of('policy');
      begun.at(-1)!.resolve(value);
      expect(await reading).toBe(`policy ${value}`);
      await settled();
    }
    expect(begun).toHaveLength(2);
  });

  it('is of one key: others do not wait for it', async () => {
    const { shared, begun } = held();
    void shared.of('policy');
    const other = shared.of('organization');
    begun[1]!.resolve('1');
    expect(await other).toBe('organization 1');
  });

  it('that fails fails for those who share it, and the next is tried all the same', async () => {
    const { shared, begun } = held();
    const first = shared.of('policy');
    const waiting = [shared.of('policy'), shared.of('policy')];
    begun[0]!.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    begun[1]!.resolve('back');
    expect(await Promise.all(waiting)).toEqual(['policy back', 'policy back']);
  });
});
