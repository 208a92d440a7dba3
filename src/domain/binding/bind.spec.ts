import { describe, expect, it } from '@jest/globals';
import type { Commitment, Terms } from '../terms/terms.js';
import { bind, prioritiesInUse, withOverrides, type PromisesAtHand } from './bind.js';
import type { ActiveContract, MappingMark, WaiverMark } from './marks.js';
import type { Standing } from './standing.js';

const JAN = '2026-01-01T00:00:00.000Z';
const commitment = (priority: string, firstResponse: string): Commitment => ({
  priority,
  firstResponse,
  nextUpdate: null,
  resolution: null,
  coverage: '24x7',
});
const terms = (...commitments: Commitment[]): Terms => ({ commitments, channels: [], features: [] });
const gold = { key: 'gold', name: 'Gold', rank: 3, versionNumber: 4, terms: terms(commitment('P0', '1h')) };
const silver = {
  key: 'silver',
  name: 'Silver',
  rank: 2,
  versionNumber: 2,
  terms: terms(commitment('P0', '4h')),
};

const place = { number: 1, changeId: 'c', position: '1', recordedAt: JAN, effectiveFrom: JAN };
const mapping = (tier: string): MappingMark => ({ ...place, kind: 'REMAP', tier });
const contract = (tier: string, hasOverrides = false): ActiveContract => ({
  contractId: 'K-1',
  key: 'k-1',
  mark: {
    ...place,
    kind: 'CONTRACT',
    tier,
    startsOn: '2026-01-01',
    bindsFrom: JAN,
    timeZone: 'UTC',
    primary: false,
    hasOverrides,
  },
});
const standing = (changes: Partial<Standing> = {}): Standing => ({
  contradiction: changes.exception ?? null,
  exception: null,
  mapping: mapping('gold'),
  active: [contract('gold')],
  contract: contract('gold'),
  waiver: null,
  ...changes,
});
const atHand = (changes: Partial<PromisesAtHand> = {}): PromisesAtHand => ({
  mapped: gold,
  contracted: gold,
  overrides: null,
  ...changes,
});

describe('which promise binds', () => {
  it('is the tier that contract and mapping agree on', () =>
    expect(bind(standing(), atHand(), 'p0')).toMatchObject({
      type: 'BINDING',
      source: 'TIER',
      tier: 'gold',
      commitment: { firstResponse: '1h' },
    }));

  it('is the contract’s own terms before the tier’s, commitment by commitment', () => {
    const overrides = terms(commitment('P1', '2h'));
    const outcome = bind(standing({ contract: contract('gold', true) }), atHand({ overrides }));
    expect(outcome).toMatchObject({ source: 'CONTRACT_OVERRIDE' });
    expect(outcome.type === 'BINDING' && outcome.terms.commitments).toEqual([
      commitment('P0', '1h'),
      commitment('P1', '2h'),
    ]);
  });

  it('is what the waiver says before anything else', () => {
    const waiver: WaiverMark = {
      ...place,
      kind: 'WAIVER',
      exceptionId: `TIER_MISMATCH~${JAN}~x`,
      binds: 'MAPPED_TIER',
    };
    const mismatch = standing({ contract: contract('silver'), active: [contract('silver')], waiver });
    expect(bind(mismatch, atHand({ contracted: silver }))).toMatchObject({ source: 'WAIVER', tier: 'gold' });
    const contracted = { ...mismatch, waiver: { ...waiver, binds: 'CONTRACT_TIER' as const } };
    expect(bind(contracted, atHand({ contracted: silver }))).toMatchObject({
      source: 'WAIVER',
      tier: 'silver',
    });
  });

  it('is nobody’s guess when the facts contradict one another', () =>
    expect(bind(standing({ exception: 'TIER_MISMATCH' }), atHand())).toMatchObject({
      type: 'EXCEPTION',
      kind: 'TIER_MISMATCH',
    }));

  it('cannot be a tier that is not in force', () =>
    expect(bind(standing(), atHand({ mapped: null, contracted: null }))).toMatchObject({
      kind: 'UNKNOWN_TIER',
    }));

  it('has a hole where the tier has no commitment for the priority', () =>
    expect(bind(standing(), atHand(), 'P3')).toMatchObject({ kind: 'INCOMPLETE_TERMS' }));

  it('says in words what led to it', () =>
    expect(bind(standing(), atHand(), 'P0').explanation).toEqual([
      'Contract K-1 (version 1) is active, from 2026-01-01 without an end in UTC, and contracts the tier gold.',
      'The customer is mapped to the tier gold (version 1).',
      'Tier Gold (gold) is in force in version 4.',
      'P0: first response 1h, resolution not promised; only time inside the coverage 24x7 counts.',
    ]));
});

describe('overrides', () => {
  it('replace the rest of the terms field by field, where they say something', () => {
    const tier: Terms = {
      ...terms(),
      channels: [{ channel: 'email' }],
      features: ['QBR'],
      uptimePercent: 99.9,
    };
    const merged = withOverrides(tier, { ...terms(), channels: [{ channel: 'phone' }], uptimePercent: null });
    expect(merged).toMatchObject({
      channels: [{ channel: 'phone' }],
      features: ['QBR'],
      uptimePercent: 99.9,
    });
  });
});

describe('the priorities in use', () => {
  it('are those of tiers that share a priority with this one', () => {
    const own = terms(commitment('P0', '1h'));
    const others = [
      terms(commitment('p0', '1h'), commitment('P1', '2h')),
      terms(commitment('Critical', '1h')),
    ];
    expect(prioritiesInUse(own, others)).toEqual(['P0', 'P1']);
  });
});
