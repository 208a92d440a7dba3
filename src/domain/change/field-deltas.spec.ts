import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDeltas, fieldDeltas } from './field-deltas.js';

const terms = (p0: string | null, features: readonly string[] = []) => ({
  name: 'Gold',
  terms: {
    commitments: [
      { priority: 'P1', resolution: '8h' },
      { priority: 'P0', resolution: p0 },
    ],
    features,
  },
});

const opening = (...windows: readonly (readonly [day: number, start: string, end: string])[]) => ({
  windows: windows.map(([day, start, end]) => ({ day, start, end })),
});

describe('what differs between two contents', () => {
  it('goes by the priority, not by its place', () => {
    const turned = terms('4h');
    turned.terms.commitments.reverse();
    expect(fieldDeltas(terms('4h'), turned)).toEqual([]);
    expect(fieldDeltas(terms('4h'), terms(null))).toEqual([
      { path: 'terms.commitments.P0.resolution', before: '4h', after: null },
    ]);
  });

  it('names what has come and what has gone', () =>
    expect(fieldDeltas(terms('4h', ['QBR']), terms('4h', ['QBR', 'CSM']))).toEqual([
      { path: 'terms.features', before: 'QBR', after: 'QBR, CSM' },
    ]));

  it('tells the hours of a week day by day', () =>
    expect(
      fieldDeltas(
        opening([1, '09:00', '17:00'], [2, '09:00', '17:00']),
        opening([1, '09:00', '12:00'], [1, '13:00', '17:00'], [2, '09:00', '17:00'], [6, '10:00', '14:00']),
      ),
    ).toEqual([
      { path: 'windows.Mon', before: '09:00–17:00', after: '09:00–12:00, 13:00–17:00' },
      { path: 'windows.Sat', before: null, after: '10:00–14:00' },
    ]));

  it('is nothing against itself, and turns round with its sides', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(fieldDeltas(a, a)).toEqual([]);
        const there = fieldDeltas(a, b).map(({ path, before, after }) => [path, after, before]);
        const back = fieldDeltas(b, a).map(({ path, before, after }) => [path, before, after]);
        expect(new Set(back.map(String))).toEqual(new Set(there.map(String)));
      }),
    );
  });
});

it('a remap that names no name takes none away', () => {
  const before = { customerId: 'C-1', customerName: 'Tailspin Toys', toTier: 'gold' };
  const deltas = contentDeltas(before, { customerId: 'C-1', toTier: 'silver' });
  expect(deltas).toEqual([{ path: 'toTier', before: 'gold', after: 'silver' }]);
});
