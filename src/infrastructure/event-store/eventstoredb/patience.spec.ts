import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventStoreError } from '../../../application/ports/event-store.js';
import { UnsupportedServerError } from './eventstoredb-errors.js';
import { backoffMs, patiently, unlessAborted, within } from './patience.js';

const never = new Promise<never>(() => undefined);

/** Fails with these errors, one a try, and then gives the number of tries. */
const failing = (...errors: Error[]): (() => Promise<number>) => {
  let tries = 0;
  return async () => {
    const error = errors[tries++];
    if (error) throw error;
    return tries;
  };
};

describe('patience', () => {
  it('tries again while the log cannot be reached', async () => {
    const away = Object.assign(new Error('no connection'), { code: 14 });
    expect(await patiently(10_000, failing(away, new Error('half a frame')))).toBe(3);
  });

  it.each([
    new EventStoreError('CONFLICT', 'moved'),
    new EventStoreError('DENIED', 'no'),
    new UnsupportedServerError('20.6', '21.10'),
  ])('does not try again what cannot come right: %p', async (error) => {
    await expect(patiently(10_000, failing(error))).rejects.toBe(error);
  });

  it('ends with the last error, in the words of the port', async () => {
    await expect(patiently(0, failing(new Error('gone')))).rejects.toMatchObject({
      kind: 'UNAVAILABLE',
      message: 'EventStoreDB cannot be reached: gone',
    });
  });

  it('ends at once when it is told to', async () => {
    const signal = AbortSignal.abort();
    await expect(patiently(10_000, failing(new Error('gone')), signal)).rejects.toThrow('gone');
  });

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
