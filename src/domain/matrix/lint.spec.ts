import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN, defaultCoverages } from '../coverage/default-coverages.js';
import type { ChannelPromise, Commitment, Terms } from '../terms/terms.js';
import { lintMatrix, type MatrixTier } from './lint.js';

const COVERAGES = new Map(defaultCoverages('Europe/Berlin').map((coverage) => [coverage.key, coverage]));
const coverageOf = (key: string) => COVERAGES.get(key);

type Row = readonly [
  priority: string,
  firstResponse: string | null,
  resolution: string | null,
  coverage?: string,
];

const tier = (key: string, rank: number, rows: readonly Row[], more: Partial<Terms> = {}): MatrixTier => ({
  key,
  name: key,
  rank,
  terms: {
    commitments: rows.map(([priority, firstResponse, resolution, coverage = '24x7']) => ({
      ...{ priority, firstResponse, nextUpdate: null, resolution, coverage },
    })),
    channels: [],
    features: [],
    ...more,
  },
});
const channels = (...names: string[]): ChannelPromise[] => names.map((channel) => ({ channel }));
const lint = (...tiers: MatrixTier[]) => lintMatrix(tiers, coverageOf);
const messages = (...tiers: MatrixTier[]) => lint(...tiers).map(({ code, message }) => `${code} ${message}`);

/** A customer-success playbook whose High row is tighter than its Critical row. */
const PLAYBOOK = [
  tier(
    'starter',
    1,
    [
      ['CRITICAL', '24h', '5d'],
      ['HIGH', '8h', '2d'],
      ['MEDIUM', '24h', '7d'],
      ['LOW', '48h', null],
    ],
    {
      channels: channels('email', 'community_slack'),
    },
  ),
  tier(
    'professional',
    2,
    [
      ['CRITICAL', '4h', '2d'],
      ['HIGH', '2h', '8h'],
      ['MEDIUM', '4h', '1d'],
      ['LOW', '24h', null],
    ],
    {
      channels: channels('email', 'community_slack', 'slack'),
    },
  ),
  tier(
    'enterprise',
    3,
    [
      ['CRITICAL', '1h', '8h'],
      ['HIGH', '30m', '2h'],
      ['MEDIUM', '1h', '4h'],
      ['LOW', '8h', null],
    ],
    {
      channels: channels('email', 'community_slack', 'slack', 'phone'),
    },
  ),
];

/** A support policy of three tiers, with coverages by priority. */
const office = 'business-hours';
const SUPPORT_TIERS = [
  tier(
    'startup',
    1,
    [
      ['P0', '8 hours', '3 days', office],
      ['P1', '8 hours', '3 days', office],
      ['P2', '24 hours', '5 days', office],
      ['P3', '24 hours', '5 days', office],
    ],
    {
      channels: channels('email', 'portal', 'knowledge_base'),
    },
  ),
  tier(
    'growth',
    2,
    [
      ['P0', '1 hour', '4 hours', office],
      ['P1', '2 hours', '8 hours', office],
      ['P2', '4 hours', '2 days', office],
      ['P3', '8 hours', '3 days', office],
    ],
    {
      channels: channels('email', 'chat', 'portal', 'knowledge_base'),
    },
  ),
  tier(
    'enterprise',
    3,
    [
      ['P0', '30 minutes', '2 hours'],
      ['P1', '1 hour', '4 hours', '24x5'],
      ['P2', '2 hours', '1 day', office],
      ['P3', '8 hours', '2 days', office],
    ],
    {
      channels: channels('email', 'chat', 'phone', 'slack', 'portal', 'knowledge_base'),
      credits: { percentPerBreach: 5, monthlyCapPercent: 25 },
    },
  ),
];

describe('real matrices', () => {
  it('the playbook promises Critical later than High in every tier', () => {
    expect(messages(...PLAYBOOK)).toEqual([
      'PRIORITY_INVERSION starter: CRITICAL answers in 24h, later than HIGH in 8h',
      'PRIORITY_INVERSION starter: CRITICAL is resolved in 5d, later than HIGH in 2d',
      'PRIORITY_INVERSION professional: CRITICAL answers in 4h, later than HIGH in 2h',
      'PRIORITY_INVERSION professional: CRITICAL is resolved in 2d, later than HIGH in 8h',
      'PRIORITY_INVERSION enterprise: CRITICAL answers in 1h, later than HIGH in 30m',
      'PRIORITY_INVERSION enterprise: CRITICAL is resolved in 8h, later than HIGH in 2h',
    ]);
  });

  it('the support tiers are sound', () => {
    expect(messages(...SUPPORT_TIERS)).toEqual([]);
  });
});

describe('a priority inversion', () => {
  const inversions = (...rows: Row[]) => messages(tier('t', 1, rows));

  it('names tier and priority for a reader that filters', () => {
    expect(
      lint(
        tier('t', 1, [
          ['P0', '2h', '4h'],
          ['P1', '1h', '4h'],
        ]),
      ),
    ).toEqual([
      {
        code: 'PRIORITY_INVERSION',
        message: 't: P0 answers in 2h, later than P1 in 1h',
        tier: 't',
        priority: 'P0',
      },
    ]);
  });

  it('is seen across units, by the length of the coverage’s day', () => {
    expect(inversions(['P0', '1h', '2d', office], ['P1', '1h', '15h', office])).toHaveLength(1);
    expect(inversions(['P0', '1h', '2d', office], ['P1', '1h', '16h', office])).toEqual([]);
    expect(inversions(['P0', '1h', '2d'], ['P1', '1h', '16h'])).toHaveLength(1);
  });

  it('is seen across coverages only where it is certain', () => {
    expect(inversions(['P0', '24h', null, office], ['P1', '8h', null])).toEqual([
      'PRIORITY_INVERSION t: P0 answers in 24h (business-hours), later than P1 in 8h (24x7)',
    ]);
    expect(inversions(['P0', '8h', null, '24x7'], ['P1', '4h', null, office])).toEqual([]);
  });

  it('includes what is not promised at all', () => {
    expect(inversions(['P0', '1h', null], ['P1', '1h', '8h', office])).toEqual([
      'PRIORITY_INVERSION t: P0 has no promised resolution, but P1 has one in 8h (business-hours)',
    ]);
  });

  it('counts the next update too', () => {
    const commitments: Commitment[] = ['4h', '2h'].map((nextUpdate, index) => ({
      ...{ priority: `P${index}`, firstResponse: '1h', nextUpdate, resolution: '8h', coverage: '24x7' },
    }));
    expect(messages(tier('t', 1, [], { commitments }))).toEqual([
      'PRIORITY_INVERSION t: P0 is updated in 4h, later than P1 in 2h',
    ]);
  });

  it('is not guessed where a coverage is not known', () => {
    expect(inversions(['P0', '8h', '4h', '?'], ['P1', '1h', '2h', '?'])).toEqual([]);
  });
});

describe('a tier inversion', () => {
  it('is a better tier slower than a worse one, in whatever order they come', () => {
    const [gold, silver] = [
      tier('gold', 9, [['Sev1', '4h', '8h']]),
      tier('silver', 1, [['sev1', '2h', '8h']]),
    ];
    const expected = ['TIER_INVERSION gold: Sev1 answers in 4h, later than the lower tier silver in 2h'];
    expect(messages(gold, silver)).toEqual(expected);
    expect(messages(silver, gold)).toEqual(expected);
  });

  it('is none between tiers of one rank, or of other priorities', () => {
    expect(messages(tier('a', 1, [['P0', '4h', '8h']]), tier('b', 1, [['P0', '2h', '8h']]))).toEqual([]);
    expect(messages(tier('a', 2, [['P0', '4h', '8h']]), tier('b', 1, [['S1', '2h', '8h']]))).toEqual([]);
  });
});

describe('other warnings', () => {
  it('a resolution before the response', () => {
    expect(messages(tier('t', 1, [['P0', '8h', '4h']]))).toEqual([
      'RESOLUTION_BEFORE_RESPONSE t: P0 is resolved in 4h, before it is first answered in 8h',
    ]);
    expect(messages(tier('t', 1, [['P0', '24h', '3d', office]]))).toEqual([]);
    expect(messages(tier('t', 1, [['P0', '24h', '2d', office]]))).toHaveLength(1);
    expect(messages(tier('t', 1, [['P0', null, '2d']]))).toEqual([]);
  });

  it('a channel without coverage', () => {
    const withChannels = (...promises: ChannelPromise[]) =>
      messages(tier('t', 1, [['P0', '1h', '4h']], { channels: promises }));
    expect(
      withChannels({ channel: 'phone' }, { channel: 'chat', priorities: ['p0'], coverage: office }),
    ).toEqual([]);
    expect(
      withChannels({ channel: 'phone', coverage: 'nights' }, { channel: 'chat', priorities: ['P5'] }),
    ).toEqual([
      'CHANNEL_WITHOUT_COVERAGE t: phone names the coverage nights, which is not in force',
      'CHANNEL_WITHOUT_COVERAGE t: chat names no coverage, and none of its priorities has a commitment',
    ]);
  });

  it('a priority without a commitment, beside the tiers that share a priority', () => {
    const [small, large] = [
      tier('small', 1, [['P0', '1h', '4h']]),
      tier('large', 2, [
        ['p0', '1h', '4h'],
        ['P1', '1h', '4h'],
      ]),
    ];
    expect(messages(small, large, tier('elsewhere', 3, [['Sev9', '1h', '4h']]))).toEqual([
      'PRIORITY_WITHOUT_COMMITMENT small: P1 has no commitment, but has one in large',
    ]);
    expect(
      messages(
        tier('t', 1, [
          ['P0', '1h', '4h'],
          ['P1', null, null],
        ]),
      ),
    ).toEqual(['PRIORITY_WITHOUT_COMMITMENT t: P1 is listed, but nothing is promised for it']);
  });

  it('a credit cap below one breach', () => {
    const withCredits = (percentPerBreach: number, monthlyCapPercent: number) =>
      messages(tier('t', 1, [['P0', '1h', '4h']], { credits: { percentPerBreach, monthlyCapPercent } }));
    expect(withCredits(5, 5)).toEqual([]);
    expect(withCredits(10, 5)).toEqual([
      'CREDIT_CAP_BELOW_BREACH t: credits are capped at 5 % a month, less than the 10 % of one breach',
    ]);
  });

  it('none for an empty matrix', () => {
    expect(lintMatrix([], () => ALWAYS_OPEN)).toEqual([]);
  });
});
