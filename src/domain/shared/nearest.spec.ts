import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearest } from './nearest.js';

describe('the nearest candidate', () => {
  it.each([
    ['enterprize', 'enterprise'],
    ['Enterprise', 'enterprise'],
    ['strater', 'starter'],
    ['firstresponse', 'firstResponse'],
    ['gold', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('of %j is %j', (text, expected) => {
    expect(nearest(text, ['starter', 'enterprise', 'firstResponse'])).toBe(expected);
  });

  it('is the first of two that are as near', () => {
    expect(nearest('tier3', ['tier1', 'tier2'])).toBe('tier1');
  });
});

describe('the distance of two texts', () => {
  const word = fc.string({ maxLength: 12 });

  it('counts one slip as one', () => {
    expect(editDistance('tier', 'tire')).toBe(1);
    expect(editDistance('tier', 'tie')).toBe(1);
    expect(editDistance('tier', 'tiers')).toBe(1);
    expect(editDistance('tier', 'tiar')).toBe(1);
  });

  it('is nothing for equal texts only, the same both ways, and at most the longer one', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
