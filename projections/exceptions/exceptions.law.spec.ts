import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApprovedLog } from '../../test/support/approved.js';
import { fold } from '../../test/support/fold-in-memory.js';
import { factsOf } from '../../src/application/read-models/customer-facts.js';
import type { StandingDocument } from '../../src/application/read-models/exceptions.read-model.js';
import { bindingTierKey, standingAt } from '../../src/domain/binding/standing.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { instantOf } from '../../src/domain/shared/instant.js';
import { customersProjection } from '../customers/customers.projection.js';
import { exceptionsProjection } from './exceptions.projection.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 200);
const hour = (n: number): string => instantOf(Date.UTC(2026, 2, 1) + n * 3_600_000);
const date = (n: number): string => hour(n * 24).slice(0, 10);

const times = {
  from: fc.integer({ min: 0, max: 400 }),
  lasts: fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined }),
  after: fc.integer({ min: 0, max: 60 }),
};
const tier = fc.constantFrom('gold', 'Silver');
const steps = fc.array(
  fc.oneof(
    fc.record({ ...times, what: fc.constant('remap' as const), tier }),
    fc.record({
      ...times,
      what: fc.constant('waive' as const),
      binds: fc.constantFrom('MAPPED_TIER' as const, 'CONTRACT_TIER' as const),
      of: fc.constantFrom('TIER_MISMATCH', 'UNMAPPED'),
    }),
    fc.record({
      ...times,
      what: fc.constant('contract' as const),
      tier,
      contract: fc.constantFrom('K-1', 'K-2'),
      starts: fc.integer({ min: 0, max: 12 }),
      days: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
      primary: fc.boolean(),
    }),
  ),
  { minLength: 1, maxLength: 14 },
);
type Step = (typeof steps extends fc.Arbitrary<infer S> ? S : never)[number];

const eventsOf = (history: readonly Step[]): readonly RecordedEvent[] => {
  const log = new ApprovedLog();
  let recorded = 0;
  for (const step of history) {
    recorded += step.after;
    const at = hour(recorded);
    const effective = {
      effectiveFrom: hour(step.from),
      ...(step.lasts !== undefined && { effectiveUntil: hour(step.from + step.lasts) }),
    };
    if (step.what === 'remap') log.remap('C', step.tier, at, effective);
    else if (step.what === 'waive') {
      const exceptionId = `${step.of}~${hour(0)}~c`;
      const content = { exceptionId, binds: step.binds, until: hour(1000) };
      log.approve('WAIVER', { kind: 'CUSTOMER', id: 'C' }, content, at, effective);
    } else {
      const { starts, days, primary } = step;
      const dates = { startsOn: date(starts), ...(days !== undefined && { endsOn: date(starts + days) }) };
      log.contract(step.contract, 'C', step.tier, { ...dates, primary }, at, {
        ...effective,
        timeZone: 'Pacific/Auckland',
      });
    }
  }
  return log.events;
};

const standingsAfter = (events: readonly RecordedEvent[]): readonly StandingDocument[] =>
  [...fold(exceptionsProjection, events).values()].filter((document) => document.type === 'standing');

const points = fc.array(
  fc.record({ at: fc.integer({ min: -10, max: 620 }), known: fc.integer({ min: 0, max: 900 }) }),
  { minLength: 10, maxLength: 30 },
);

describe('the standings', () => {
  it('say of every (at, knownAt) exactly once what the facts say', () => {
    fc.assert(
      fc.property(steps, points, (history, asked) => {
        const events = eventsOf(history);
        const documents = standingsAfter(events);
        const facts = factsOf(fold(customersProjection, events).get('acme/c')!);
        const begins = (known: string) =>
          [facts.mappings, facts.waivers, ...facts.contracts.map(({ versions }) => versions)]
            .flatMap(({ marks }) => [...marks])
            .filter(({ recordedAt }) => recordedAt <= known)
            .map(({ effectiveFrom }) => effectiveFrom)
            .sort()[0];
        for (const { at, known } of asked) {
          const [when, knownAt] = [hour(at), hour(known)];
          const holding = documents.filter(
            ({ from, to, knownFrom, knownTo }) =>
              from <= when &&
              (to === null || when < to) &&
              knownFrom <= knownAt &&
              (knownTo === null || knownAt < knownTo),
          );
          const first = begins(knownAt);
          const standing = standingAt(facts, when, knownAt);
          const expected = {
            kind: standing.contradiction ?? 'NONE',
            waived: standing.waiver !== null,
            tier: bindingTierKey(standing),
            mappedTier: standing.mapping?.tier.toLowerCase() ?? null,
          };
          expect(
            holding.map(({ kind, waived, tier: of, mappedTier }) => ({ kind, waived, tier: of, mappedTier })),
          ).toEqual(first === undefined || when < first ? [] : [expected]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are current exactly while nothing later has been recorded, and never say the same twice in a row', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const current = standingsAfter(eventsOf(history))
          .filter((standing) => standing.current)
          .sort((a, b) => (a.from < b.from ? -1 : 1));
        for (const [place, { to, kind, waived, tier: of, mappedTier }] of current.entries()) {
          const next = current[place + 1];
          expect(to).toBe(next?.from ?? null);
          if (next)
            expect([next.kind, next.waived, next.tier, next.mappedTier]).not.toEqual([
              kind,
              waived,
              of,
              mappedTier,
            ]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a customer with a long history', () => {
  it('costs a few documents for each new version, not all of them again', () => {
    const log = new ApprovedLog();
    for (let n = 0; n < 1000; n++) log.remap('C', n % 2 ? 'gold' : 'silver', hour(n));
    let facts: Parameters<typeof exceptionsProjection.evolve>[0] = null;
    for (const event of log.events) {
      const after = exceptionsProjection.evolve(facts, event, 'acme/facts/c');
      const derived = exceptionsProjection.derive!(facts, after, event);
      expect(derived.length).toBeLessThanOrEqual(3);
      facts = after;
    }
  });

  it('is not looked through when a version is added at its end', () => {
    const log = new ApprovedLog();
    for (let n = 0; n < 1000; n++) log.remap('C', n % 2 ? 'gold' : 'silver', hour(n));
    const before = fold(exceptionsProjection, log.events.slice(0, -1)).get('acme/facts/c')!;
    if (before.type !== 'facts') throw new Error('Not the facts.');
    let looks = 0;
    const counted = {
      ...before,
      mappings: before.mappings.map(
        (mark) =>
          new Proxy(mark, { get: (target, field) => (looks++, Reflect.get(target, field) as unknown) }),
      ),
    };
    const event = log.events.at(-1)!;
    const after = exceptionsProjection.evolve(counted, event, 'acme/facts/c');
    exceptionsProjection.derive!(counted, after, event);
    expect(looks).toBeLessThan(400);
  });
});
