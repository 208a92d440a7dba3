import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractsProjection } from '../../projections/contracts/contracts.projection.js';
import { currentMatrixProjection } from '../../projections/current-matrix/current-matrix.projection.js';
import { customersProjection } from '../../projections/customers/customers.projection.js';
import { exceptionsProjection } from '../../projections/exceptions/exceptions.projection.js';
import { historyProjection } from '../../projections/history/history.projection.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { OrganizationReader } from '../../src/application/organization/organization-reader.js';
import { Freshness } from '../../src/application/ports/freshness.js';
import type { PublicHolidays } from '../../src/application/ports/public-holidays.js';
import { CoverageReader } from '../../src/application/queries/coverage-reader.js';
import { ExceptionQuery } from '../../src/application/queries/exception-query.js';
import { HistoryQuery } from '../../src/application/queries/history-query.js';
import { LookupQuery } from '../../src/application/queries/lookup-query.js';
import { MatrixQuery } from '../../src/application/queries/matrix-query.js';
import { MatrixReader } from '../../src/application/queries/matrix-reader.js';
import { NearestIds } from '../../src/application/queries/nearest-ids.js';
import { PointsInTime } from '../../src/application/queries/points-in-time.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { fold } from '../support/fold-in-memory.js';
import { FoldedReadStore } from '../support/folded-read-store.js';
import { InMemoryEventStore } from '../support/in-memory-event-store.js';
import { CUSTOMERS, histories, hour, instants, logged, TIERS, type Step } from './histories.js';
import { NaiveAnswers } from './naive-answers.js';

/** 100,000 take minutes; a few hundred are enough to notice what has just been broken. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 300);
/** After everything that a history holds. */
const NOW = hour(24 * 400);

class UpToDate extends Freshness {
  override atLeast(): Promise<void> {
    return Promise.resolve();
  }
  override position(): Promise<bigint> {
    return Promise.resolve(0n);
  }
}
const noHolidays: PublicHolidays = { isKnown: () => false, datesOf: () => [] };

/** The product's own queries. Made once: what they keep is kept by organization, and every history is of one of its own. */
const store = new FoldedReadStore();
const freshness = new UpToDate();
const reader = new MatrixReader(store, freshness);
const times = new PointsInTime({ now: () => NOW }, new OrganizationReader(new InMemoryEventStore()));
const coverages = new CoverageReader(reader, noHolidays);
const matrix = new MatrixQuery(reader, coverages, times, freshness);
const lookup = new LookupQuery(store, reader, coverages, new NearestIds(store), times);
const exceptions = new ExceptionQuery(store, reader, times);
const history = new HistoryQuery(store, reader);

/** What the product's own projections make of a history is what is asked from now on. */
const serve = (orgId: string, steps: readonly Step[]): void => {
  const { events } = logged(orgId, steps);
  const documents = <D extends object>(projection: Projection<D>, all: readonly RecordedEvent[]) =>
    [projection.model.name, fold(projection, all)] as const;
  store.hold(
    new Map<string, ReadonlyMap<string, object>>([
      documents(currentMatrixProjection, events),
      documents(historyProjection, events),
      documents(customersProjection, events),
      documents(contractsProjection, events),
      documents(exceptionsProjection, events),
    ]),
  );
};

const matrixOf = async (org: string, at: string, knownAt: string) =>
  (await matrix.matrix(org, { at, knownAt })).tiers.map(({ key, version }) => `${key} ${version.number}`);

const lookupOf = async (org: string, customerId: string, at: string, knownAt: string) => {
  const answer = await lookup.lookup(org, { customerId, at, knownAt });
  switch (answer.type) {
    case 'UnknownCustomer':
      return 'unknown';
    case 'SlaException':
      return answer.kind;
    case 'BindingSla': {
      const promised = answer.terms.commitments.map((c) => `${c.priority}:${c.firstResponse ?? ''}`).sort();
      return `${answer.tier} ${answer.source} ${promised.join()}`;
    }
  }
};

const exceptionsOf = async (org: string, at: string, knownAt: string) => {
  const { nodes } = await exceptions.exceptions(org, {}, { at, knownAt }, { first: 50, after: null });
  return nodes.map(({ customerId, kind, status }) => `${customerId ?? ''} ${kind} ${status}`).sort();
};

/** The version whose period holds the instant, of all versions as known now. */
const versionIn = async (org: string, tier: string, at: string) => {
  const { nodes } = await history.history(org, { kind: 'TIER', id: tier }, { first: 50, after: null });
  const holding = nodes.filter(({ periods }) =>
    periods.some(({ from, to }) => from <= at && (to === null || at < to)),
  );
  expect(holding.length).toBeLessThan(2);
  return holding[0]?.number ?? null;
};

const questions = fc.array(fc.record({ at: instants, knownAt: instants }), { minLength: 3, maxLength: 6 });

let served = 0;

describe('any history, asked at any (at, knownAt)', () => {
  it('gives the answers of a walk over all that was ever approved', async () => {
    await fc.assert(
      fc.asyncProperty(histories, questions, async (steps, asked) => {
        const org = `org-${++served}`;
        serve(org, steps);
        const naive = new NaiveAnswers(steps);
        for (const { at, knownAt } of asked) {
          expect(await matrixOf(org, at, knownAt)).toEqual(naive.matrix(at, knownAt));
          for (const id of CUSTOMERS)
            expect(await lookupOf(org, id, at, knownAt)).toBe(naive.lookup(id, at, knownAt));
          expect(await exceptionsOf(org, at, knownAt)).toEqual([...naive.exceptions(at, knownAt)].sort());
          for (const tier of TIERS)
            expect(await versionIn(org, tier, at)).toBe(naive.versionOf(tier, at, NOW));
        }
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
