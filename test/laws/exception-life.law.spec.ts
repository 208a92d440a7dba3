import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractsProjection } from '../../projections/contracts/contracts.projection.js';
import { currentMatrixProjection } from '../../projections/current-matrix/current-matrix.projection.js';
import { customersProjection } from '../../projections/customers/customers.projection.js';
import { exceptionsProjection } from '../../projections/exceptions/exceptions.projection.js';
import { historyProjection } from '../../projections/history/history.projection.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { ExceptionTurns } from '../../src/application/feed/exception-turns.js';
import { OrganizationReader } from '../../src/application/organization/organization-reader.js';
import { Freshness } from '../../src/application/ports/freshness.js';
import { ExceptionQuery, type ExceptionFilter } from '../../src/application/queries/exception-query.js';
import { MatrixReader } from '../../src/application/queries/matrix-reader.js';
import { PointsInTime } from '../../src/application/queries/points-in-time.js';
import type { SlaException } from '../../src/application/queries/views.js';
import { positionText } from '../../src/application/read-models/document-key.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { epochOf, instantOf } from '../../src/domain/shared/instant.js';
import { fold } from '../support/fold-in-memory.js';
import { FoldedReadStore } from '../support/folded-read-store.js';
import { InMemoryEventStore } from '../support/in-memory-event-store.js';
import { histories, hour, instants, logged, type Step } from './histories.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 100);
/** Before and after everything that a history holds: hours. */
const FIRST = -24 * 20;
const NOW = hour(24 * 400);

class UpToDate extends Freshness {
  override atLeast(): Promise<void> {
    return Promise.resolve();
  }
  override position(): Promise<bigint> {
    return Promise.resolve(0n);
  }
}

/** The product's own queries on what its own projections make of a history. */
const serving = (orgId: string, steps: readonly Step[]) => {
  const { events } = logged(orgId, steps);
  const store = new FoldedReadStore();
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
  const matrix = new MatrixReader(store, new UpToDate());
  const times = new PointsInTime({ now: () => NOW }, new OrganizationReader(new InMemoryEventStore()));
  const exceptions = new ExceptionQuery(store, matrix, times);
  const list = async (filter: ExceptionFilter, at: string, knownAt: string): Promise<SlaException[]> => {
    const all: SlaException[] = [];
    for (let after: string | null = null; ;) {
      const page = await exceptions.exceptions(orgId, filter, { at, knownAt }, { first: 3, after });
      all.push(...page.nodes);
      expect(await page.totalCount).toBeGreaterThanOrEqual(all.length);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) return all;
    }
  };
  return { list, turns: new ExceptionTurns(store, matrix, exceptions) };
};

const keysOf = (exceptions: readonly SlaException[]): readonly string[] =>
  exceptions.map(({ id }) => id).sort();
const before = (instant: string): string => instantOf(epochOf(instant) - 1);

describe('the life of exceptions, in any history', () => {
  it('has every one that was there and is over among the resolved, once, and no other', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(histories, instants, instants, async (steps, at, knownAt) => {
        const { list } = serving(`resolved-${++count}`, steps);
        const seen = new Map<string, SlaException>();
        for (let n = FIRST; hour(n) <= at; n += 12)
          for (const exception of await list({}, hour(n), knownAt)) seen.set(exception.id, exception);
        const now = new Set(keysOf(await list({}, at, knownAt)));
        const over = await list({ status: 'RESOLVED' }, at, knownAt);
        expect(new Set(keysOf(over)).size).toBe(over.length);
        expect(keysOf(over)).toEqual(expect.arrayContaining([...seen.keys()].filter((id) => !now.has(id))));
        for (const exception of over) {
          expect(now.has(exception.id)).toBe(false);
          expect(exception.until! <= at && exception.since < exception.until!).toBe(true);
          // It was there to its last millisecond, and not after it.
          for (const instant of [exception.since, before(exception.until!)])
            expect(keysOf(await list({}, instant, knownAt))).toContain(exception.id);
          expect(keysOf(await list({}, exception.until!, knownAt))).not.toContain(exception.id);
        }
        const ofKind = new Map<string, SlaException[]>();
        for (const exception of [...over, ...(await list({}, at, knownAt))]) {
          const key = `${exception.customerId} ${exception.kind}`;
          ofKind.set(key, [...(ofKind.get(key) ?? []), exception]);
        }
        for (const entries of ofKind.values()) {
          const inOrder = entries.toSorted((a, b) => (a.since < b.since ? -1 : 1));
          expect(inOrder.map(({ previousId }) => previousId)).toEqual([
            null,
            ...inOrder.slice(0, -1).map(({ id }) => id),
          ]);
        }
      }),
      // Each looks at the lists of weeks.
      { numRuns: Math.ceil(RUNS / 5) },
    );
  }, 3_600_000);

  it('is told step by step: who keeps what is told has the list', async () => {
    let count = 0;
    const waits = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(histories, waits, async (steps, hours) => {
        const orgId = `told-${++count}`;
        const half = Math.floor(steps.length / 2);
        const there = new Map<string, string>();
        const hear = ({ id, status }: SlaException): void => {
          if (status === 'RESOLVED') there.delete(id);
          else there.set(id, status);
        };
        let at = hour(FIRST);
        let after = positionText(0n);
        // What is learned is learned in two halves; time goes on after each.
        for (const known of [half, steps.length]) {
          const { turns } = serving(orgId, steps.slice(0, known));
          const upTo = positionText(BigInt(known));
          const situation = await turns.situationAt(orgId, at, after);
          for (const key of ['c-1', 'c-2'])
            (await turns.ofCustomer(key, { after, upTo }, situation)).forEach(hear);
          for await (const told of turns.ofTiers(orgId, { after, upTo }, at)) hear(told);
          after = upTo;
          for (const wait of hours) {
            const later = instantOf(epochOf(at) + wait * 3_600_000);
            for await (const told of turns.ofTime(orgId, upTo, { after: at, upTo: later })) hear(told);
            at = later;
          }
        }
        const { list } = serving(orgId, steps);
        const listed = await list({}, at, NOW);
        expect([...there].sort()).toEqual(listed.map(({ id, status }) => [id, status]).sort());
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
