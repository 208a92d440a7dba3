import { describe, expect, it } from '@jest/globals';
import { stopAt, stopInWords, stopsOf } from './turning-points.js';

const NOW = '2026-06-15T12:00:00.000Z';
const point = (at: string, ...tiers: readonly string[]) => ({
  at: `${at}T00:00:00.000Z`,
  subjects: tiers.map((id) => ({ kind: 'TIER', id })),
});
const POINTS = [
  { at: '2000-01-01T00:00:00.000Z', subjects: [{ kind: 'COVERAGE', id: '24x7' }] },
  point('2026-01-01', 'gold', 'silver'),
  point('2026-09-01', 'gold'),
];

describe('where the slider can stand', () => {
  const stops = stopsOf(POINTS, NOW);

  it('has now in its place, and nothing before the first tier', () => {
    expect(stops.map(({ at, isScheduled }) => [at?.slice(0, 10) ?? 'now', isScheduled])).toEqual([
      ['2026-01-01', false],
      ['now', false],
      ['2026-09-01', true],
    ]);
  });

  it('is now alone where no tier has ever been approved', () => {
    expect(stopsOf(POINTS.slice(0, 1), NOW)).toEqual([{ at: null, what: '', isScheduled: false }]);
  });

  it.each([
    ['now, when no instant is asked for', undefined, 1],
    ['the turn itself', '2026-09-01T00:00:00.000Z', 2],
    ['the last turn before it', '2026-08-31T23:59:59.999Z', 0],
    ['the first, before everything', '1999-01-01T00:00:00.000Z', 0],
  ])('stands at %s', (_, instant, place) => expect(stopAt(stops, instant)).toBe(place));

  it('says what turns, and whether that is to come', () => {
    expect(stopInWords(stops[0]!)).toMatch(/: gold, silver$/);
    expect(stopInWords(stops[1]!)).toBe('Now');
    expect(stopInWords(stops[2]!)).toMatch(/, scheduled: gold$/);
  });
});
