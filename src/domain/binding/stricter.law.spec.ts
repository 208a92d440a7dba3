import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CoverageContent } from '../change/content.js';
import { ALWAYS_OPEN, aroundTheClockOnWorkdays, businessHours } from '../coverage/default-coverages.js';
import { opensWhenever } from '../coverage/opens-whenever.js';
import { surelySlower, TARGET_FIELDS, targetOf } from '../matrix/target.js';
import { identifierKey } from '../shared/identifier.js';
import type { Commitment, Terms } from '../terms/terms.js';
import { commitmentFor } from './bind.js';
import { strictest } from './stricter.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 300);

const COVERAGES: readonly CoverageContent[] = [
  ALWAYS_OPEN,
  aroundTheClockOnWorkdays('UTC'),
  businessHours('UTC'),
  { ...businessHours('UTC'), key: 'late', windows: [{ day: 1, start: '12:00', end: '20:00' }] },
];
const coverageOf = (key: string): CoverageContent => COVERAGES.find((one) => one.key === identifierKey(key))!;

const target = fc.constantFrom(null, '30m', '1h', '4h', '8h', '24h', '1d', '2d', '5 business days');
const commitment = (priority: string): fc.Arbitrary<Commitment> =>
  fc.record({
    priority: fc.constantFrom(priority, priority.toLowerCase()),
    firstResponse: target,
    nextUpdate: target,
    resolution: target,
    coverage: fc.constantFrom('24x7', '24x5', 'business-hours', 'Late'),
  });
const percent = fc.option(fc.integer({ min: 1, max: 100 }), { nil: null });
const terms: fc.Arbitrary<Terms> = fc.record({
  commitments: fc
    .tuple(...['P0', 'P1', 'P2'].map((priority) => fc.option(commitment(priority), { nil: null })))
    .map((all) => all.filter((one) => one !== null)),
  channels: fc.array(
    fc.record({
      channel: fc.constantFrom('phone', 'email'),
      priorities: fc.option(fc.uniqueArray(fc.constantFrom('P0', 'P1')), { nil: null }),
      coverage: fc.constantFrom(null, '24x7', 'late'),
    }),
    { maxLength: 3 },
  ),
  features: fc.uniqueArray(fc.constantFrom('QBR', 'CSM', 'qbr')),
  uptimePercent: percent,
  achievementPercent: percent,
  credits: fc.option(
    fc.record({
      percentPerBreach: fc.integer({ min: 1, max: 9 }),
      monthlyCapPercent: fc.integer({ min: 9, max: 30 }),
    }),
    { nil: null },
  ),
});
const sides = fc
  .array(terms, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((promise, place) => ({ name: `side ${place}`, terms: promise })));

/** In some target slower, and faster in none. */
const weaker = (one: Commitment, than: Commitment): boolean => {
  const slower = (a: Commitment, b: Commitment) =>
    TARGET_FIELDS.some((field) =>
      surelySlower(targetOf(a, field, coverageOf(a.coverage)), targetOf(b, field, coverageOf(b.coverage))),
    );
  return slower(one, than) && !slower(than, one);
};

describe('the stricter of several promises', () => {
  it('is never weaker than any of them', () => {
    fc.assert(
      fc.property(sides, (all) => {
        const both = strictest(all, coverageOf).terms;
        for (const { terms: side } of all) {
          for (const promised of side.commitments) {
            const taken = commitmentFor(both, promised.priority)!;
            expect(weaker(taken, promised)).toBe(false);
            if (identifierKey(taken.coverage) !== identifierKey(promised.coverage)) continue;
            for (const field of TARGET_FIELDS)
              expect(targetOf(taken, field, coverageOf(taken.coverage)).minutes).toBeLessThanOrEqual(
                targetOf(promised, field, coverageOf(promised.coverage)).minutes,
              );
          }
          for (const { channel, priorities, coverage } of side.channels)
            expect(
              both.channels.some(
                (other) =>
                  other.channel === channel &&
                  (other.coverage ?? null) === (coverage ?? null) &&
                  (!other.priorities || priorities?.every((name) => other.priorities!.includes(name))),
              ),
            ).toBe(true);
          expect(both.features.map(identifierKey)).toEqual(
            expect.arrayContaining(side.features.map(identifierKey)),
          );
          for (const field of ['uptimePercent', 'achievementPercent'] as const)
            expect(both[field] ?? 0).toBeGreaterThanOrEqual(side[field] ?? 0);
          for (const field of ['percentPerBreach', 'monthlyCapPercent'] as const)
            expect(both.credits?.[field] ?? 0).toBeGreaterThanOrEqual(side.credits?.[field] ?? 0);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('promises nothing that none of them promises', () => {
    fc.assert(
      fc.property(sides, (all) => {
        for (const taken of strictest(all, coverageOf).terms.commitments) {
          const given = all.flatMap(({ terms: side }) =>
            side.commitments.filter(
              ({ priority, coverage }) =>
                identifierKey(priority) === identifierKey(taken.priority) &&
                identifierKey(coverage) === identifierKey(taken.coverage),
            ),
          );
          for (const field of TARGET_FIELDS)
            expect(given.map((promised) => promised[field])).toContain(taken[field]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('is the promise itself where they agree', () => {
    fc.assert(
      fc.property(terms, (promise) => {
        const both = strictest(
          [1, 2].map((n) => ({ name: `side ${n}`, terms: promise })),
          coverageOf,
        ).terms;
        expect(both.commitments).toEqual(promise.commitments);
        expect(both.uptimePercent).toBe(promise.uptimePercent);
        expect(both.credits).toEqual(promise.credits);
      }),
    );
  });
});

describe('as much time', () => {
  it('is stricter on a clock that stands still less often', () => {
    expect(opensWhenever(coverageOf('24x7'), coverageOf('business-hours'))).toBe(true);
    const of = (coverage: string): Terms => ({
      commitments: [{ priority: 'P0', firstResponse: '4h', nextUpdate: null, resolution: null, coverage }],
      channels: [],
      features: [],
    });
    const both = strictest(
      [
        { name: 'office', terms: of('business-hours') },
        { name: 'always', terms: of('24x7') },
      ],
      coverageOf,
    );
    expect(both.terms.commitments[0]?.coverage).toBe('24x7');
    expect(both.steps).toEqual(['P0, under 24x7: from always.']);
  });
});
