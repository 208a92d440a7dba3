import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ExceptionTurns } from '../../src/application/feed/exception-turns.js';
import { ExceptionQuery, type ExceptionFilter } from '../../src/application/queries/exception-query.js';
import type { SlaException } from '../../src/application/queries/views.js';
import { positionText } from '../../src/application/read-models/document-key.js';
import { epochOf, instantOf } from '../../src/domain/shared/instant.js';
import { histories, hour, instants, type Step } from './histories.js';
import { NOW, serving } from './serving.js';

const RUNS = Number(process.env['LAW_RUNS'] ?? 100);
/** Before everything that a history holds: hours. */
const FIRST = -24 * 20;

/** The product's own queries on what its own projections make of a history. */
const queriesOn = (orgId: string, steps: readonly Step[]) => {
  const { store, reader, times, hold } = serving();
  hold(orgId, steps);
  const exceptions = new ExceptionQuery(store, reader, times);
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
  return { list, turns: new ExceptionTurns(store, reader, exceptions) };
};

const keysOf = (exceptions: readonly SlaException[]): readonly string[] =>
  exceptions.map(({ id }) => id).sort();
const before = (instant: string): string => instantOf(epochOf(instant) - 1);

describe('the life of exceptions, in any history', () => {
  it('has every one that was there and is over among the resolved, once, and no other', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(histories, instants, instants, async (steps, at, knownAt) => {
        const { list } = queriesOn(`resolved-${++count}`, steps);
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
          const { turns } = queriesOn(orgId, steps.slice(0, known));
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
        const { list } = queriesOn(orgId, steps);
        const listed = await list({}, at, NOW);
        expect([...there].sort()).toEqual(listed.map(({ id, status }) => [id, status]).sort());
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
