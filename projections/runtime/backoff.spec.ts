import { describe, expect, it } from '@jest/globals';
import { backoffMs, pause } from './backoff.js';

describe('backing off', () => {
  it('doubles from 50 ms to 10 s, and is spread over the upper half', () => {
    expect([0, 1, 2, 7, 8, 2_000].map((failures) => backoffMs(failures, () => 1))).toEqual([
      50, 100, 200, 6_400, 10_000, 10_000,
    ]);
    expect(backoffMs(1, () => 0)).toBe(50);
  });

  it('waits no longer than anybody cares', async () => {
    const gone = new AbortController();
    const waiting = pause(60_000, gone.signal);
    gone.abort();
    await waiting;
    await pause(60_000, gone.signal);
    await expect(pause(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});
