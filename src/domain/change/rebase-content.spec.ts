import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rebaseContent } from './rebase-content.js';

const commitment = (priority: string, firstResponse: string | null) => ({ priority, firstResponse });
const tier = (rank: number, ...commitments: readonly object[]) => ({
  key: 'gold',
  rank,
  terms: { commitments },
});

const content = fc.record(
  {
    name: fc.string(),
    rank: fc.nat(5),
    note: fc.option(fc.string(), { nil: undefined }),
    features: fc.array(fc.constantFrom('QBR', 'CSM')),
    commitments: fc.uniqueArray(
      fc.record({
        priority: fc.constantFrom('P0', 'P1', 'P2'),
        firstResponse: fc.constantFrom('1h', '2h', null),
      }),
      { selector: ({ priority }) => priority },
    ),
  },
  { requiredKeys: ['name', 'rank', 'features', 'commitments'] },
);

describe('rebasing a proposal', () => {
  it('keeps what was approved since, beside what it changes itself', () => {
    const base = tier(1, commitment('P0', '1h'), commitment('P1', '4h'));
    const mine = tier(1, commitment('P0', '30m'), commitment('P1', '4h'));
    const theirs = tier(2, commitment('P0', '1h'), commitment('P1', '2h'));
    expect(rebaseContent(base, mine, theirs)).toEqual(
      tier(2, commitment('P0', '30m'), commitment('P1', '2h')),
    );
  });

  it('stands where both changed the same', () => {
    const [base, mine, theirs] = ['1h', '30m', '2h'].map((target) => tier(1, commitment('P0', target)));
    expect(rebaseContent(base, mine!, theirs)).toEqual(mine);
  });

  it('adds and takes away named things without touching the others', () => {
    const base = tier(1, commitment('P0', '1h'), commitment('P1', '4h'));
    const mine = tier(1, commitment('P0', '1h'), commitment('P2', '8h'));
    const theirs = tier(1, commitment('P0', '2h'), commitment('P1', '4h'), commitment('P3', '1d'));
    expect(rebaseContent(base, mine, theirs)).toEqual(
      tier(1, commitment('P0', '2h'), commitment('P3', '1d'), commitment('P2', '8h')),
    );
  });

  it('takes a list without names as one thing', () => {
    const [base, mine, theirs] = [['QBR'], ['QBR', 'CSM'], []].map((features) => ({ features }));
    expect(rebaseContent(base, mine!, theirs)).toEqual(mine);
  });

  it('stands whole where there was nothing before', () => {
    const mine = { contractId: 'C-1', tier: 'gold' };
    expect(rebaseContent(undefined, mine, { contractId: 'C-1', tier: 'silver', seats: 10 })).toEqual({
      ...mine,
      seats: 10,
    });
  });

  it('is itself where nothing was approved since, and theirs where it changes nothing', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        expect(rebaseContent(one, other, one)).toEqual(other);
        expect(rebaseContent(one, one, other)).toEqual(other);
        expect(rebaseContent(one, other, other)).toEqual(other);
      }),
    );
  });
});
