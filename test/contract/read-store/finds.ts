import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Find, IndexValue, Write } from '../../../src/application/ports/read-store.js';
import type { Subject } from './subject.js';
import { matching, naiveFind, naiveWrite } from './naive-store.js';
import { commit, keysOf, put, thing, things, type Thing } from './things.js';

const KEYS = ['a', 'b', 'c', 'ab', 'A', 'z', 'ü', '\u{ffee}', '😀', 'k|1', 'k|2'];
const labels = fc.constantFrom(null, '', 'a', 'B', 'b', '10', '\u{ffee}', '😀');
const ranks = fc.constantFrom(null, -1.5, 0, 1, 2, 1e12);
const orgs = fc.constantFrom('acme', 'Beta');
const FIELDS: Readonly<Record<string, fc.Arbitrary<IndexValue>>> = {
  org: orgs,
  rank: ranks,
  label: labels,
  open: fc.boolean(),
};

const document: fc.Arbitrary<Thing> = fc.record(
  { org: orgs, rank: ranks, open: fc.boolean(), label: labels },
  { requiredKeys: ['org', 'rank', 'open'] },
);

/**
 * A key once per commit, as a fold writes it. Positions are all different: which of two documents of one position stays
 * is nobody's promise.
 */
const batches: fc.Arbitrary<Write<Thing>[][]> = fc
  .array(
    fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), fc.option(document, { freq: 4 }), fc.nat({ max: 9 })), {
      maxLength: 6,
      selector: ([key]) => key,
    }),
    { maxLength: 6 },
  )
  .map((lists) => {
    let count = 0;
    return lists.map((list) =>
      // Mostly forward, sometimes as late as ten writes ago.
      list.map(([key, written, late]) => put(key, BigInt(1000 + 20 * ++count - 20 * late + late), written)),
    );
  });

const bound = (values: fc.Arbitrary<IndexValue>) =>
  fc.record({ gt: values, gte: values, lt: values, lte: values }, { requiredKeys: [] });

const finds: fc.Arbitrary<Find> = fc.constantFrom(...Object.keys(things.indexes)).chain((index) => {
  const fields = things.indexes[index]!.map((field) => FIELDS[field]!);
  return fc.nat({ max: fields.length }).chain((fixed) => {
    const next = fields[fixed];
    const place = fc.record({ values: fc.tuple(...fields.slice(fixed)), key: fc.constantFrom(...KEYS) });
    return fc.record(
      {
        index: fc.constant(index),
        equals: fc.tuple(...fields.slice(0, fixed)),
        limit: fc.integer({ min: 1, max: 12 }),
        order: fc.constantFrom('asc' as const, 'desc' as const),
        after: place,
        range: next ? bound(next) : fc.constant(undefined),
      },
      { requiredKeys: ['index', 'equals', 'limit'] },
    );
  });
});

export const describeFinds = ({ store }: Subject): void => {
  describe('a find', () => {
    it('answers as a filter and a sort over everything would', async () => {
      await fc.assert(
        fc.asyncProperty(
          batches,
          fc.array(finds, { minLength: 8, maxLength: 16 }),
          async (commits, asked) => {
            await store().beginRebuild(things);
            await store().switchRebuild(things);
            const documents = new Map<string, Thing>();
            const positions = new Map<string, bigint>();
            for (const [at, writes] of commits.entries()) {
              const sensible = writes.filter(
                // Whether a removal is remembered against older writes is an adapter's own affair.
                ({ key, position }) => documents.has(key) || position > (positions.get(key) ?? 0n),
              );
              const before = at === 0 ? null : BigInt(at);
              for (const write of sensible) naiveWrite(documents, positions, write);
              await commit(store(), sensible, { expectedCheckpoint: before, checkpoint: BigInt(at + 1) });
            }
            for (const find of asked) {
              expect(await store().find(things, find)).toEqual(naiveFind(things, documents, find));
              expect(await store().count(things, find)).toBe(matching(things, documents, find).length);
            }
          },
        ),
        { numRuns: 60 },
      );
    });

    it('pages through everything once, in either direction', async () => {
      const all = KEYS.map((key, at) =>
        put(key, 1n, thing({ rank: at % 3 === 0 ? null : at % 2, label: 'x' })),
      );
      await commit(store(), all);
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = [];
        let after: Find['after'];
        do {
          const page = await store().find(things, {
            index: 'byOrg',
            equals: ['acme'],
            order,
            limit: 2,
            ...(after ? { after } : {}),
          });
          seen.push(...keysOf(page));
          const last = page.at(-1);
          after = last && { values: [last.document.rank, last.document.label ?? null], key: last.key };
        } while (after);
        expect([...seen].sort()).toEqual([...KEYS].sort());
      }
    });

    it('puts what has no value first, and in no range', async () => {
      await commit(store(), [
        put('none', 1n, thing({ rank: null })),
        put('low', 1n, thing({ rank: -1 })),
        put('high', 1n, thing({ rank: 1 })),
      ]);
      const byRank = { index: 'byRank', equals: [], limit: 9 };
      expect(keysOf(await store().find(things, byRank))).toEqual(['none', 'low', 'high']);
      expect(keysOf(await store().find(things, { ...byRank, order: 'desc' }))).toEqual([
        'high',
        'low',
        'none',
      ]);
      expect(keysOf(await store().find(things, { ...byRank, range: { lt: 1 } }))).toEqual(['low']);
      expect(keysOf(await store().find(things, { ...byRank, range: { gt: null } }))).toEqual(['low', 'high']);
      expect(keysOf(await store().find(things, { ...byRank, equals: [null] }))).toEqual(['none']);
    });

    it('gives no document that has not all fields of the index', async () => {
      const { label: _, ...bare } = thing();
      await commit(store(), [put('bare', 1n, bare), put('null', 1n, thing({ label: null }))]);
      expect(keysOf(await store().find(things, { index: 'byOpen', equals: [true], limit: 9 }))).toEqual([
        'null',
      ]);
      expect(await store().count(things, { index: 'byOrg', equals: ['acme'] })).toBe(1);
      expect(keysOf(await store().find(things, { index: 'byRank', equals: [1], limit: 9 }))).toEqual([
        'bare',
        'null',
      ]);
      await commit(store(), [put('bare', 2n), put('null', 2n, bare)]);
      expect(keysOf(await store().find(things, { index: 'byOpen', equals: [true], limit: 9 }))).toEqual([
        'bare',
      ]);
    });

    it('is refused on an index that is not declared or does not fit', async () => {
      const wrong: Find[] = [
        { index: 'byColour', equals: [], limit: 1 },
        { index: 'byRank', equals: [1, 2], limit: 1 },
        { index: 'byRank', equals: [1], range: { gt: 1 }, limit: 1 },
        { index: 'byRank', equals: [], after: { values: [], key: 'a' }, limit: 1 },
      ];
      for (const find of wrong) await expect(store().find(things, find)).rejects.toThrow(TypeError);
    });
  });
};
