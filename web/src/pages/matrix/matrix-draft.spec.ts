import { describe, expect, it } from '@jest/globals';
import { deltasOf, prioritiesOf, withDraft, withoutTiers } from './matrix-draft.js';

const tier = (key: string, rank: number, resolution: string) => ({
  key,
  name: key,
  rank,
  terms: {
    commitments: [{ priority: 'P0', firstResponse: '1h', nextUpdate: null, resolution, coverage: '24x7' }],
    channels: [],
    features: [],
  },
});
const MATRIX = [tier('gold', 2, '4h'), tier('silver', 1, '8h')];

describe('a matrix that somebody is writing', () => {
  it('has the drafts in their places, and the new tiers by their rank', () => {
    const drafted = withDraft(MATRIX, {
      silver: tier('silver', 1, '6h'),
      platinum: tier('platinum', 3, '2h'),
    });
    expect(drafted.map(({ key, terms }) => [key, terms.commitments[0]?.resolution])).toEqual([
      ['platinum', '2h'],
      ['gold', '4h'],
      ['silver', '6h'],
    ]);
  });

  it('says what it would change, tier by tier', () => {
    expect(deltasOf(MATRIX, { gold: tier('gold', 2, '4h') })).toEqual([]);
    expect(deltasOf(MATRIX, { gold: tier('gold', 2, '3h') })).toMatchObject([
      { tier: 'gold', before: '4h', after: '3h' },
    ]);
  });

  it('forgets what has been proposed', () =>
    expect(withoutTiers({ gold: MATRIX[0]!, silver: MATRIX[1]! }, ['gold'])).toEqual({ silver: MATRIX[1] }));

  it('has every priority once', () => expect(prioritiesOf(MATRIX)).toEqual(['P0']));
});
