import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from './instant.js';
import { Timeline, type Mark } from './timeline.js';

const day = (n: number) => instantOf(Date.UTC(2026, 0, 1) + n * 86_400_000);
const mark = (number: number, from: number, until?: number, recorded = number): Mark => ({
  number,
  effectiveFrom: day(from),
  recordedAt: day(recorded),
  ...(until === undefined ? {} : { effectiveUntil: day(until) }),
});

/** The rule as the domain states it, word for word. */
const naive = (marks: readonly Mark[], at: string, knownAt: string): number | null => {
  const candidates = marks
    .filter((m) => m.recordedAt <= knownAt)
    .filter((m) => m.effectiveFrom <= at && (m.effectiveUntil === undefined || at < m.effectiveUntil))
    .sort((a, b) =>
      a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : a.number - b.number,
    );
  return candidates.at(-1)?.number ?? null;
};

const histories = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 60 }),
      lasts: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      after: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let recorded = 0;
    return steps.map(({ from, lasts, after }, i) => {
      recorded += after;
      return mark(i + 1, from, lasts === undefined ? undefined : from + lasts, recorded);
    });
  });

/** Asked so often that it answers by its index. */
const worn = (marks: readonly Mark[]): Timeline<Mark> => {
  const timeline = new Timeline(marks);
  for (let question = 0; question < 30; question++) timeline.at(day(question));
  return timeline;
};
const timelines = [
  { name: 'walking', of: (marks: readonly Mark[]) => new Timeline(marks) },
  { name: 'by its index', of: worn },
];

describe('which version binds', () => {
  it('lets a scheduled version take over on its day', () => {
    const timeline = new Timeline([mark(1, 0), mark(2, 10)]);
    expect(timeline.at(day(9))?.number).toBe(1);
    expect(timeline.at(day(10))?.number).toBe(2);
  });

  it('lets a backdated version last until the next later start', () => {
    const timeline = new Timeline([mark(1, 10), mark(2, 0)]);
    expect(timeline.at(day(5))?.number).toBe(2);
    expect(timeline.at(day(10))?.number).toBe(1);
    expect(timeline.at(day(5), day(1))).toBeNull();
  });

  it('gives back what was in force when a temporary concession ends', () => {
    const timeline = new Timeline([mark(1, 0), mark(2, 5, 8)]);
    expect(timeline.at(day(5))?.number).toBe(2);
    expect(timeline.at(day(8))?.number).toBe(1);
    expect(timeline.periodsOf(timeline.marks[0]!)).toEqual([
      { from: day(0), to: day(5) },
      { from: day(8), to: null },
    ]);
  });

  it('replaces a scheduled version by one with the same start', () => {
    expect(new Timeline([mark(1, 10), mark(2, 10)]).at(day(10))?.number).toBe(2);
  });

  it.each(timelines)('agrees with the rule at any (at, knownAt), $name', ({ of }) => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: -1, max: 85 }),
        fc.integer({ min: -1, max: 130 }),
        (marks, at, known) => {
          const timeline = of(marks);
          expect(timeline.at(day(at), day(known))?.number ?? null).toBe(naive(marks, day(at), day(known)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each(timelines)('has periods of each version that say the same as its segments, $name', ({ of }) => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 130 }), (marks, known) => {
        const timeline = of(marks);
        const segments = timeline.segments(day(known));
        for (const version of marks)
          expect(timeline.periodsOf(version, day(known))).toEqual(
            segments.filter(({ mark }) => mark === version).map(({ from, to }) => ({ from, to })),
          );
      }),
      { numRuns: 500 },
    );
  });

  it('has segments that say the same as asking at every instant', () => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: -1, max: 85 }),
        fc.integer({ min: 0, max: 130 }),
        (marks, at, known) => {
          const found = new Timeline(marks)
            .segments(day(known))
            .filter(({ from, to }) => from <= day(at) && (to === null || day(at) < to));
          expect(found.map(({ mark }) => mark.number)).toEqual(
            [naive(marks, day(at), day(known))].filter((n) => n !== null),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
