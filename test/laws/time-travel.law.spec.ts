import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PublicHolidays } from '../../src/application/ports/public-holidays.js';
import { CoverageReader } from '../../src/application/queries/coverage-reader.js';
import { ExceptionQuery } from '../../src/application/queries/exception-query.js';
import { HistoryQuery } from '../../src/application/queries/history-query.js';
import { LookupQuery } from '../../src/application/queries/lookup-query.js';
import { MatrixQuery } from '../../src/application/queries/matrix-query.js';
import { NearestIds } from '../../src/application/queries/nearest-ids.js';
import { CUSTOMERS, histories, instants, TIERS } from './histories.js';
import { NaiveAnswers } from './naive-answers.js';
import { NOW, serving } from './serving.js';

/** 100,000 take minutes; a few hundred are enough to notice what has just been broken. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 300);
const noHolidays: PublicHolidays = { isKnown: () => false, datesOf: () => [] };

/** The product's own queries. Made once: what they keep is kept by organization, and every history is of one of its own. */
const { store, freshness, reader, times, hold } = serving();
const coverages = new CoverageReader(reader, noHolidays);
const matrix = new MatrixQuery(reader, coverages, times, freshness);
const lookup = new LookupQuery(store, reader, coverages, new NearestIds(store), times);
const exceptions = new ExceptionQuery(store, reader, times);
const history = new HistoryQuery(store, reader);

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
        hold(org, steps);
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
