import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDiff } from './content-diff.js';

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

describe('what differs between two contents', () => {
  it('goes by the priority, not by its place', () => {
    const turned = terms('4h');
    turned.terms.commitments.reverse();
    expect(contentDiff(terms('4h'), turned)).toEqual([]);
    expect(contentDiff(terms('4h'), terms(null))).toEqual([
      { path: 'terms commitments P0 resolution', before: '4h', after: null },
    ]);
  });

  it('names what has come and what has gone', () =>
    expect(contentDiff(terms('4h', ['QBR']), terms('4h', ['QBR', 'CSM']))).toEqual([
      { path: 'terms features 2', before: null, after: 'CSM' },
    ]));

  it('is nothing against itself, and turns round with its sides', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(contentDiff(a, a)).toEqual([]);
        const there = contentDiff(a, b).map(({ path, before, after }) => [path, after, before]);
        const back = contentDiff(b, a).map(({ path, before, after }) => [path, before, after]);
        expect(new Set(back.map(String))).toEqual(new Set(there.map(String)));
      }),
    );
  });
});
