import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { IndexPlace } from '../ports/read-store.js';
import { connection, decodeCursor, encodeCursor, placeAfter, type ListScope } from './page.js';

const scope: ListScope = { orgId: 'demo', list: 'changes?status=PROPOSED' };
const place: IndexPlace = { values: ['00000000000000000042', null, true, 7], key: 'demo/change-1' };
const refusal = expect.objectContaining({
  code: 'INVALID_INPUT',
  path: ['after'],
  message: 'This cursor belongs to another list. Start again without `after`.',
});
const outcomeOf = (cursor: string, of: ListScope = scope): unknown => {
  try {
    return decodeCursor(cursor, of);
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  const places: fc.Arbitrary<IndexPlace> = fc.record({
    values: fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
      { maxLength: 4 },
    ),
    key: fc.string({ unit: 'grapheme' }),
  });

  it('leads back to its place', () => {
    fc.assert(
      fc.property(places, (any) => expect(decodeCursor(encodeCursor(scope, any), scope)).toEqual(any)),
    );
  });

  it.each([
    ['another organization', { ...scope, orgId: 'other' }],
    ['another filter', { ...scope, list: 'changes?status=APPROVED' }],
    ['the same letters, cut elsewhere', { orgId: 'dem', list: `o${scope.list}` }],
  ])('is refused by the list of %s', (_whose, other) => {
    expect(outcomeOf(encodeCursor(scope, place), other)).toEqual(refusal);
  });

  it('is refused when any part of its end is missing', () => {
    const cursor = encodeCursor(scope, place);
    for (let length = 0; length < cursor.length; length++)
      expect(outcomeOf(cursor.slice(0, length))).toEqual(refusal);
  });

  it('never lets anything but plain values through, whatever was written into it', () => {
    const [binding] = JSON.parse(Buffer.from(encodeCursor(scope, place), 'base64url').toString()) as string[];
    const forge = (...content: unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
    expect(outcomeOf(forge(binding, [{ $gt: '' }], 'key'))).toEqual(refusal);
    expect(outcomeOf(forge(binding, [['nested']], 'key'))).toEqual(refusal);
    expect(outcomeOf(forge(binding, 'text', 'key'))).toEqual(refusal);
    expect(outcomeOf(forge(binding, [], { $ne: null }))).toEqual(refusal);
    expect(outcomeOf(forge(binding, [], 'key', 'more'))).toEqual(refusal);
    expect(outcomeOf(Buffer.from('null').toString('base64url'))).toEqual(refusal);
  });

  it('is refused when it is garbage', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(outcomeOf(text)).toEqual(refusal)));
    expect(outcomeOf('A'.repeat(1_000_000))).toEqual(refusal);
  });

  it('is not needed for the first page', () => {
    expect(placeAfter({ first: 50, after: null }, scope)).toBeUndefined();
    expect(placeAfter({ first: 50, after: encodeCursor(scope, place) }, scope)).toEqual(place);
  });
});

describe('a connection', () => {
  const page = (nodes: readonly string[]) => ({
    scope,
    nodes,
    places: nodes.map((key) => ({ values: [key.length], key })),
    hasNext: true,
    hasPrevious: false,
    totalCount: () => Promise.resolve(12),
  });

  it('gives nodes, edges with cursors and the ends of the page', async () => {
    const { nodes, edges, pageInfo, totalCount } = connection(page(['a', 'bb', 'ccc']));
    expect(nodes).toEqual(['a', 'bb', 'ccc']);
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    expect(edges.map(({ cursor }) => decodeCursor(cursor, scope).key)).toEqual(nodes);
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    });
    expect(await totalCount).toBe(12);
  });

  it('has no cursors when it is empty', () => {
    expect(connection(page([])).pageInfo).toMatchObject({ startCursor: null, endCursor: null });
  });

  it('counts the list only for those who ask', () => {
    const totalCount = jest.fn(() => 3);
    const { nodes, edges, pageInfo } = connection({ ...page(['a']), totalCount });
    expect([nodes, edges, pageInfo]).toHaveLength(3);
    expect(totalCount).not.toHaveBeenCalled();
  });
});
