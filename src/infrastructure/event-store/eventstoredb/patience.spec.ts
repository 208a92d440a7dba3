import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs, unlessAborted, within } from './patience.js';

const never = new Promise<never>(() => undefined);

describe('patience', () => {
  it('waits longer every time, up to a second, and never as long as another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const full = Math.min(1_000, 25 * 2 ** (failures - 1));
          const pause = backoffMs(failures, () => random);
          expect(pause).toBeGreaterThanOrEqual(full / 2);
          expect(pause).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});

describe('a deadline', () => {
  it('gives what comes in time', async () => {
    expect(await within(10_000, Promise.resolve('answer'))).toBe('answer');
  });

  it('rejects what does not, and tells', async () => {
    let told = 0;
    await expect(within(1, never, () => (told += 1))).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
    expect(told).toBe(1);
  });
});

describe('what is waited for until a signal aborts', () => {
  it('is given when it comes first', async () => {
    expect(await unlessAborted(Promise.resolve('answer'), new AbortController().signal)).toBe('answer');
  });

  it('is given up when the signal aborts, before or meanwhile', async () => {
    expect(await unlessAborted(never, AbortSignal.abort())).toBeNull();
    const abortion = new AbortController();
    const waiting = unlessAborted(never, abortion.signal);
    abortion.abort();
    expect(await waiting).toBeNull();
  });
});
