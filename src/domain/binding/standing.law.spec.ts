import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endOfDay, epochOf, instantOf, startOfDay } from '../shared/instant.js';
import { Timeline } from '../shared/timeline.js';
import type { ContractMark, MappingMark, WaiverMark } from './marks.js';
import { standingAt, turnAfter, type CustomerFacts } from './standing.js';
import { standingsOf } from './standings.js';

const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const RUNS = Number(process.env['LAW_RUNS'] ?? 400);
/** Zones whose days begin at odd instants, some without a midnight on the days the histories are about. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Pacific/Honolulu',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const TIERS = ['gold', 'Silver', 'bronze'];

const hour = (n: number): string => instantOf(START + n * HOUR);
const date = (n: number): string => hour(n * 24).slice(0, 10);

const times = fc.record({
  from: fc.integer({ min: 0, max: 900 }),
  lasts: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  recorded: fc.integer({ min: 0, max: 900 }),
});
interface Times {
  readonly from: number;
  readonly lasts?: number | undefined;
  readonly recorded: number;
}
const tier = fc.constantFrom(...TIERS);

/** Versions in the order of recording, numbered. */
const versions = <T extends Times>(steps: readonly T[]) =>
  [...steps]
    .sort((a, b) => a.recorded - b.recorded)
    .map(({ from, lasts, recorded, ...rest }, i) => ({
      ...rest,
      number: i + 1,
      changeId: `c${i}`,
      position: String(i),
      effectiveFrom: hour(from),
      ...(lasts === undefined ? {} : { effectiveUntil: hour(from + lasts) }),
      recordedAt: hour(recorded),
    }));

const mappings = fc.array(fc.record({ times, tier }), { maxLength: 6 }).map((steps) =>
  versions(steps.map(({ times: t, tier: to }) => ({ ...t, tier: to }))).map((mark): MappingMark => ({
    ...mark,
    kind: 'REMAP',
  })),
);
const contractVersions = fc
  .array(
    fc.record({
      times,
      tier,
      starts: fc.integer({ min: 0, max: 30 }),
      days: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      zone: fc.constantFrom(...ZONES),
      primary: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((steps) =>
    versions(
      steps.map(({ times: t, tier: to, starts, days, zone, primary }) => ({
        ...t,
        tier: to,
        primary,
        hasOverrides: false,
        timeZone: zone,
        startsOn: date(starts),
        ...(days === undefined ? {} : { endsOn: date(starts + days) }),
      })),
    ).map((mark): ContractMark => ({
      ...mark,
      kind: 'CONTRACT',
      bindsFrom: startOfDay(mark.startsOn, mark.timeZone),
      ...(mark.endsOn === undefined ? {} : { bindsUntil: endOfDay(mark.endsOn, mark.timeZone) }),
    })),
  );
const histories = fc.record({
  mappings,
  contracts: fc.array(contractVersions, { maxLength: 3 }),
});
interface History {
  readonly mappings: readonly MappingMark[];
  readonly contracts: readonly (readonly ContractMark[])[];
}

const factsOf = (history: History): CustomerFacts => ({
  mappings: new Timeline(history.mappings),
  waivers: new Timeline<WaiverMark>([]),
  contracts: history.contracts.map((marks, i) => ({
    contractId: `K-${i}`,
    key: `k-${i}`,
    versions: new Timeline(marks),
  })),
});

/** The domain's own words, read as plainly as they can be. */
const naive = ({ mappings: marks, contracts }: History, at: string, known: string) => {
  const binding = <
    M extends { recordedAt: string; effectiveFrom: string; effectiveUntil?: string; number: number },
  >(
    all: readonly M[],
  ): M | undefined =>
    all
      .filter((m) => m.recordedAt <= known && m.effectiveFrom <= at && at < (m.effectiveUntil ?? '9'))
      .reduce<M | undefined>(
        (best, m) => (!best || m.effectiveFrom >= best.effectiveFrom ? m : best),
        undefined,
      );
  const mapped = binding(marks)?.tier.toLowerCase();
  const active = contracts
    .map((all) => binding(all))
    .filter((m) => m !== undefined)
    .filter(
      (m) => localDate(at, m.timeZone) >= m.startsOn && (!m.endsOn || localDate(at, m.timeZone) <= m.endsOn),
    );
  if (active.length === 0) return 'NO_ACTIVE_CONTRACT';
  const primary = active.filter((m) => m.primary);
  const one = active.length === 1 ? active[0] : primary.length === 1 ? primary[0] : undefined;
  if (!one) return 'AMBIGUOUS_CONTRACTS';
  if (mapped === undefined) return 'UNMAPPED';
  return mapped === one.tier.toLowerCase() ? mapped : 'TIER_MISMATCH';
};

const formats = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ]),
);
/** The calendar date on the wall in a zone, from another implementation than the one under test. */
const localDate = (instant: string, zone: string): string => formats.get(zone)!.format(Date.parse(instant));

const outcome = (facts: CustomerFacts, at: string, known: string): string => {
  const { exception, mapping } = standingAt(facts, at, known);
  return exception ?? mapping!.tier.toLowerCase();
};

const points = fc.record({
  at: fc.integer({ min: -30, max: 1300 }),
  known: fc.integer({ min: -1, max: 1000 }),
});

describe('how a customer stands', () => {
  it('agrees with the domain’s words at any (at, knownAt), in any zone', () => {
    fc.assert(
      fc.property(histories, fc.array(points, { minLength: 5, maxLength: 20 }), (history, asked) => {
        const facts = factsOf(history);
        for (const { at, known } of asked)
          expect(outcome(facts, hour(at), hour(known))).toBe(naive(history, hour(at), hour(known)));
      }),
      { numRuns: RUNS },
    );
  });

  it('changes only at the instants that the periods say', () => {
    fc.assert(
      fc.property(histories, fc.array(points, { minLength: 5, maxLength: 20 }), (history, asked) => {
        const facts = factsOf(history);
        for (const { at, known } of asked) {
          const periods = standingsOf(facts, hour(known));
          const holding = periods.filter(
            ({ from, to }) => from <= hour(at) && (to === null || hour(at) < to),
          );
          const before = periods.length === 0 || hour(at) < periods[0]!.from;
          expect(holding).toHaveLength(before ? 0 : 1);
          if (before) expect(outcome(facts, hour(at), hour(known))).toBe('NO_ACTIVE_CONTRACT');
          else {
            const { exception, mapping } = holding[0]!.standing;
            expect(exception ?? mapping!.tier.toLowerCase()).toBe(naive(history, hour(at), hour(known)));
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('stays to the letter as it is until its next turn', () => {
    const until = (turn: string | null, later: string): string =>
      turn === null || later < turn ? later : instantOf(epochOf(turn) - 1);
    fc.assert(
      fc.property(histories, points, fc.integer({ min: 1, max: 500 }), (history, { at }, hours) => {
        const facts = factsOf(history);
        const turn = turnAfter(facts, hour(at));
        expect(turn === null || turn > hour(at)).toBe(true);
        expect(standingAt(facts, until(turn, hour(at + hours)))).toEqual(standingAt(facts, hour(at)));
      }),
      { numRuns: RUNS },
    );
  });
});
