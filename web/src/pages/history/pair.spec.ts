import { describe, expect, it } from '@jest/globals';
import { choosing, pairOf } from './pair.js';

describe('the versions compared', () => {
  it.each([
    ['the last step', undefined, undefined, 9, [8, 9]],
    ['the only one with itself', undefined, undefined, 1, [1, 1]],
    ['what the address asks for', '2', '7', 9, [2, 7]],
    ['the earlier first', '7', '2', 9, [2, 7]],
    ['nothing that is no number', 'x', '-1', 9, [8, 9]],
  ] as const)('are %s', (_, a, b, newest, pair) => expect(pairOf(a, b, newest)).toEqual(pair));

  it('lose the one chosen longest ago when a third is chosen', () => {
    expect(choosing([3, 1], 7)).toEqual([1, 7]);
    expect(choosing([1, 7], 7)).toEqual([1, 7]);
  });
});
