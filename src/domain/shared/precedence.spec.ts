import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from './instant.js';
import { Precedence } from './precedence.js';
import { Timeline, type Mark } from './timeline.js';

const day = (n: number) => instantOf(Date.UTC(2026, 0, 1) + n * 86_400_000);

const histories = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 40 }),
      lasts: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    }),
    { maxLength: 40 },
  )
  .map((steps) =>
    steps.map(({ from, lasts }, i): Mark => ({
      number: i + 1,
      effectiveFrom: day(from),
      recordedAt: day(i),
      ...(lasts !== undefined && { effectiveUntil: day(from + lasts) }),
    })),
  );
const precedenceOf = (marks: readonly Mark[]): Precedence<Mark> =>
  marks.reduce((known, mark) => known.with(mark), new Precedence<Mark>([]));

describe('versions in the order of precedence', () => {
  it('say what the timeline says is known now', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -1, max: 65 }), (marks, at) => {
        const timeline = new Timeline(marks);
        const known = precedenceOf(marks);
        expect(known.at(day(at))).toBe(timeline.at(day(at)));
        for (const mark of marks) expect(known.periodsOf(mark)).toEqual(timeline.periodsOf(mark));
      }),
      { numRuns: 500 },
    );
  });

  it('name every instant at which another binds', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -1, max: 65 }), (marks, at) => {
        const known = precedenceOf(marks);
        const turn = known.turnAfter(day(at));
        const { to = null } =
          new Timeline(marks)
            .segments()
            .find(({ from, to: end }) => from <= day(at) && (!end || day(at) < end)) ?? {};
        if (to !== null) expect(turn).not.toBeNull();
        if (turn !== null) expect(turn > day(at) && (to === null || turn <= to)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
