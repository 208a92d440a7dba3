import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

/** Handles full batches that take `msPerEvent`, until the size has settled. */
const settled = (budgetMs: number, msPerEvent: number): number => {
  const pace = new Pace(budgetMs);
  for (let round = 0; round < 20; round++) pace.learn(pace.size, pace.size * msPerEvent);
  return pace.size;
};

describe('the pace of a projector', () => {
  it('settles on as many events as fit the budget', () => {
    expect(settled(15, 0.05)).toBe(300);
    expect(settled(40, 0.05)).toBe(800);
  });

  it('stays within its bounds', () => {
    expect(settled(15, 100)).toBe(256);
    expect(settled(15, 0.000_01)).toBe(5_000);
  });

  it('at most halves after one slow batch', () => {
    const pace = new Pace(15);
    pace.learn(pace.size, 0.01);
    const { size } = pace;
    pace.learn(size, 10_000);
    expect(pace.size).toBe(size / 2);
  });

  it('does not take a few quick events for a sign', () => {
    const pace = new Pace(15);
    const { size } = pace;
    pace.learn(1, 0.001);
    expect(pace.size).toBe(size);
  });
});
