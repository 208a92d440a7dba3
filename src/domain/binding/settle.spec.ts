import { describe, expect, it } from '@jest/globals';
import { ALWAYS_OPEN } from '../coverage/default-coverages.js';
import type { Commitment, Terms } from '../terms/terms.js';
import type { TierInForce } from './bind.js';
import type { CustomerExceptionKind } from './exception-kind.js';
import { ruleAt, type ExceptionRule } from './exception-rule.js';
import type { ActiveContract } from './marks.js';
import { settle, type ContractPromise } from './settle.js';
import type { Standing } from './standing.js';

const JAN = '2026-01-01T00:00:00.000Z';
const FEB = '2026-02-01T00:00:00.000Z';
const MAR = '2026-03-01T00:00:00.000Z';
const place = { number: 1, changeId: 'c', position: '1', recordedAt: JAN, effectiveFrom: JAN };
const commitment = (
  priority: string,
  firstResponse: string | null,
  resolution: string | null,
): Commitment => ({
  priority,
  firstResponse,
  nextUpdate: null,
  resolution,
  coverage: '24x7',
});
const terms = (...commitments: Commitment[]): Terms => ({ commitments, channels: [], features: [] });
const tier = (key: string, rank: number, ...commitments: Commitment[]): TierInForce => ({
  key,
  name: key,
  rank,
  versionNumber: 1,
  terms: terms(...commitments),
});
const gold = tier('gold', 2, commitment('P0', '30m', '8h'));
const silver = tier('silver', 1, commitment('P0', '1h', '4h'), commitment('P1', '8h', null));
const contract = (id: string, of: string): ActiveContract => ({
  contractId: id,
  key: id.toLowerCase(),
  mark: {
    ...place,
    kind: 'CONTRACT',
    tier: of,
    startsOn: '2026-01-01',
    bindsFrom: JAN,
    timeZone: 'UTC',
    primary: false,
    hasOverrides: false,
  },
});
const promise = (id: string, of: TierInForce | null, overrides: Terms | null = null): ContractPromise => ({
  contract: contract(id, of?.key ?? 'gone'),
  tier: of,
  overrides,
});
const settled = (
  exception: CustomerExceptionKind,
  rule: ExceptionRule,
  { mapped, contracts, priority }: { mapped?: TierInForce; contracts?: ContractPromise[]; priority?: string },
) => {
  const active = (contracts ?? []).map((one) => one.contract);
  const standing: Standing = {
    contradiction: exception,
    exception,
    mapping: mapped ? { ...place, kind: 'REMAP', tier: mapped.key } : null,
    active,
    contract: active.length === 1 ? active[0]! : null,
    waiver: null,
  };
  const at = { mapped: mapped ?? null, contracts: contracts ?? [], coverageOf: () => ALWAYS_OPEN };
  return settle(standing, at, rule, priority);
};

describe('a mismatch of tiers', () => {
  const both = { mapped: gold, contracts: [promise('K-1', silver)] };

  it('is refused unless the organization says otherwise', () =>
    expect(settled('TIER_MISMATCH', 'REFUSE', both)).toBeNull());

  it('is settled commitment by commitment with the stricter of both, and says whose each is', () => {
    const outcome = settled('TIER_MISMATCH', 'STRICTER', both);
    expect(outcome).toMatchObject({ type: 'BINDING', source: 'STRICTER_OF_BOTH', tier: 'gold' });
    expect(outcome?.type === 'BINDING' && outcome.terms.commitments).toEqual([
      commitment('P0', '30m', '4h'),
      commitment('P1', '8h', null),
    ]);
    expect(outcome?.explanation.slice(-3)).toEqual([
      'P0, under 24x7: first response 30m from the mapped tier gold, resolution 4h from contract K-1 with the tier silver.',
      'P1, under 24x7: from contract K-1 with the tier silver.',
      'The exception TIER_MISMATCH stays open until the facts agree.',
    ]);
  });

  it('is settled with the contracted tier where contracts win', () =>
    expect(settled('TIER_MISMATCH', 'CONTRACT_WINS', { ...both, priority: 'p1' })).toMatchObject({
      source: 'CONTRACT_WINS',
      tier: 'silver',
      commitment: { firstResponse: '8h' },
    }));

  it('stays what it is where neither promises the priority', () =>
    expect(settled('TIER_MISMATCH', 'STRICTER', { ...both, priority: 'P7' })).toMatchObject({
      type: 'EXCEPTION',
      kind: 'TIER_MISMATCH',
      unpromised: 'P7',
    }));

  it('needs the tiers that it takes', () => {
    const without = { contracts: [promise('K-1', silver)] };
    expect(settled('TIER_MISMATCH', 'STRICTER', without)).toBeNull();
    expect(settled('TIER_MISMATCH', 'CONTRACT_WINS', without)).toMatchObject({ tier: 'silver' });
    const gone = { mapped: gold, contracts: [promise('K-1', null)] };
    expect(settled('TIER_MISMATCH', 'CONTRACT_WINS', gone)).toBeNull();
  });
});

describe('several contracts without a primary one', () => {
  const contracts = [
    promise('K-1', silver),
    promise('K-2', gold),
    promise('K-3', null, terms(commitment('P2', '2h', null))),
  ];

  it('are settled with the strictest of all of them', () => {
    const outcome = settled('AMBIGUOUS_CONTRACTS', 'STRICTER', { contracts });
    expect(outcome).toMatchObject({ source: 'STRICTER_OF_BOTH', tier: 'gold', contract: null });
    expect(outcome?.type === 'BINDING' && outcome.terms.commitments).toEqual([
      commitment('P0', '30m', '4h'),
      commitment('P1', '8h', null),
      commitment('P2', '2h', null),
    ]);
  });

  it('are refused where contracts win, and where one of them promises what nobody knows', () => {
    expect(settled('AMBIGUOUS_CONTRACTS', 'CONTRACT_WINS', { contracts })).toBeNull();
    const unknown = [...contracts, promise('K-4', null)];
    expect(settled('AMBIGUOUS_CONTRACTS', 'STRICTER', { contracts: unknown })).toBeNull();
  });

  it('show the version of a contract whose tier is not in force', () =>
    expect(settled('AMBIGUOUS_CONTRACTS', 'STRICTER', { contracts: contracts.slice(2) })).toMatchObject({
      tier: 'gone',
      contract: { contractId: 'K-3' },
    }));
});

describe('a customer without a mapping', () => {
  const contracts = [promise('K-1', silver)];

  it('is treated as contracted where contracts win', () =>
    expect(settled('UNMAPPED', 'CONTRACT_WINS', { contracts })).toMatchObject({ tier: 'silver' }));

  it('has nothing to compare', () => expect(settled('UNMAPPED', 'STRICTER', { contracts })).toBeNull());
});

it('promises nothing without a contract, whatever the rule', () => {
  expect(settled('NO_ACTIVE_CONTRACT', 'STRICTER', { mapped: gold })).toBeNull();
  expect(settled('NO_ACTIVE_CONTRACT', 'CONTRACT_WINS', { mapped: gold })).toBeNull();
});

it('counts the rule that was recorded by both instants', () => {
  const rules = [
    { exceptionRule: 'STRICTER' as const, recordedAt: FEB },
    { exceptionRule: 'CONTRACT_WINS' as const, recordedAt: MAR },
  ];
  expect(ruleAt(rules, JAN, undefined)).toBe('REFUSE');
  expect(ruleAt(rules, FEB, undefined)).toBe('STRICTER');
  expect(ruleAt(rules, MAR, FEB)).toBe('STRICTER');
  expect(ruleAt(rules, FEB, MAR)).toBe('STRICTER');
  expect(ruleAt(rules, MAR, undefined)).toBe('CONTRACT_WINS');
});
