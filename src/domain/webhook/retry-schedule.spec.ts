import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_ATTEMPTS, pauseAfter } from './retry-schedule.js';

const MIDDLE = 0.5;
const schedule = (random: number): (number | null)[] =>
  Array.from({ length: MOST_ATTEMPTS }, (_, i) => pauseAfter(i + 1, random));

it('triples from five seconds to nine hours, and then gives up', () => {
  expect(schedule(MIDDLE)).toEqual([
    5_000,
    15_000,
    45_000,
    135_000,
    405_000,
    1_215_000,
    3_645_000,
    10_935_000,
    32_805_000,
    null,
  ]);
});

it('waits longer when the receiver asks for it, up to a day, and never less long', () => {
  expect(pauseAfter(1, MIDDLE, 60_000)).toBe(60_000);
  expect(pauseAfter(3, MIDDLE, 60_000)).toBe(60_000);
  expect(pauseAfter(4, MIDDLE, 60_000)).toBe(135_000);
  expect(pauseAfter(1, MIDDLE, Number.MAX_VALUE)).toBe(24 * 3_600_000);
  expect(pauseAfter(MOST_ATTEMPTS, MIDDLE, 60_000)).toBeNull();
});

it('strays by a fifth at most, either way', () => {
  expect(pauseAfter(1, 0)).toBe(4_000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MOST_ATTEMPTS - 1 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempts, random) => {
        const ratio = pauseAfter(attempts, random)! / pauseAfter(attempts, MIDDLE)!;
        expect(Math.abs(ratio - 1)).toBeLessThanOrEqual(0.2001);
      },
    ),
  );
});
