import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { businessHours } from '../coverage/default-coverages.js';
import { DomainError } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import type { ChangeKind, ContentOf } from './content.js';
import { parseContent, subjectOf, type ContentFacts } from './parse-content.js';

const TIERS = ['starter', 'growth', 'enterprise'];
const COVERAGES = ['24x7', 'business-hours'];
const facts: ContentFacts = {
  hasTier: (key) => TIERS.includes(identifierKey(key)),
  hasCoverage: (key) => COVERAGES.includes(identifierKey(key)),
  tierKeys: () => TIERS,
  coverageKeys: () => COVERAGES,
  publicHolidays: { isKnown: (code) => code === 'DE' },
};
const terms = {
  commitments: [
    { priority: 'P1', firstResponse: '1h', nextUpdate: null, resolution: '8h', coverage: '24x7' },
  ],
  channels: [],
  features: [],
};
const contract = { contractId: 'CTR-1', customerId: 'CUST-1', tier: 'growth', startsOn: '2026-01-01' };
const policy = {
  defaultApprovals: 1,
  rules: [],
  allowSelfApproval: false,
  allowBackdating: false,
  requireReason: false,
};

const VALID: { readonly [K in Exclude<ChangeKind, 'IMPORT'>]: ContentOf[K] } = {
  TIER_TERMS: { key: 'gold', name: 'Gold Support', rank: 4, terms },
  TIER_RETIREMENT: { key: 'starter' },
  COVERAGE: { ...businessHours('Europe/Berlin'), publicHolidays: 'DE' },
  CONTRACT: {
    ...contract,
    endsOn: '2026-12-31',
    timeZone: 'America/New_York',
    overrides: terms,
    primary: true,
    annualValue: '30000.50',
    currency: 'USD',
    creditsEnabled: true,
    csmEmail: 'csm1@example.test',
    seats: 10,
  },
  REMAP: { customerId: 'CUST-1', customerName: 'Northwind Traders', toTier: 'growth' },
  WAIVER: { exceptionId: 'x-1', binds: 'MAPPED_TIER', until: '2026-12-31T00:00:00.000Z' },
  APPROVAL_POLICY: {
    ...policy,
    rules: [{ kind: 'REMAP', tier: 'enterprise', approvals: 2 }],
    expireAfterDays: 30,
  },
};
const KINDS = Object.keys(VALID) as (keyof typeof VALID)[];

describe('checking content', () => {
  it.each(KINDS)('gives back %s that is already in form, byte for byte, and again', (kind) => {
    const once = parseContent(kind, VALID[kind], facts);
    expect(JSON.stringify(once)).toBe(JSON.stringify(VALID[kind]));
    expect(JSON.stringify(parseContent(kind, JSON.parse(JSON.stringify(once)), facts))).toBe(
      JSON.stringify(once),
    );
  });

  it('takes references in the spelling they are known by, and ids as they were written', () => {
    expect(parseContent('REMAP', { customerId: ' cust-1 ', toTier: 'ENTERPRISE' }, facts)).toEqual({
      customerId: 'cust-1',
      toTier: 'enterprise',
    });
  });

  it('leaves out what is absent', () => {
    const absent = { endsOn: null, overrides: undefined, annualValue: '', csmEmail: ' ', seats: null };
    expect(JSON.stringify(parseContent('CONTRACT', { ...contract, ...absent }, facts))).toBe(
      JSON.stringify(contract),
    );
  });

  it('writes currencies and instants in one way', () => {
    expect(parseContent('CONTRACT', { ...contract, currency: ' eur' }, facts).currency).toBe('EUR');
    const waiver = { ...VALID.WAIVER, until: '2026-12-31T01:00:00+01:00' };
    expect(parseContent('WAIVER', waiver, facts)).toEqual(VALID.WAIVER);
  });

  it.each<[string, ChangeKind, object | null, readonly string[], RegExp]>([
    ['nothing', 'CONTRACT', null, [], /An object/],
    ['a name on two lines', 'TIER_TERMS', { ...VALID.TIER_TERMS, name: 'a\nb' }, ['name'], /one line/],
    ['no name', 'TIER_TERMS', { ...VALID.TIER_TERMS, name: ' ' }, ['name'], /empty/],
    ['a negative rank', 'TIER_TERMS', { ...VALID.TIER_TERMS, rank: -1 }, ['rank'], /0 to 1000000/],
    ['half a rank', 'TIER_TERMS', { ...VALID.TIER_TERMS, rank: 1.5 }, ['rank'], /whole number/],
    [
      'bad terms',
      'TIER_TERMS',
      { ...VALID.TIER_TERMS, terms: { ...terms, commitments: [] } },
      ['terms', 'commitments'],
      /at least one/,
    ],
    [
      'an unknown tier',
      'TIER_RETIREMENT',
      { key: 'strater' },
      ['key'],
      /Did you mean starter\? Known: starter, growth, enterprise\./,
    ],
    ['an unknown tier', 'REMAP', { customerId: 'c', toTier: 'gold' }, ['toTier'], /no tier "gold"/],
    ['an unknown tier', 'CONTRACT', { ...contract, tier: 'gold' }, ['tier'], /Known: starter/],
    [
      'an end before the start',
      'CONTRACT',
      { ...contract, endsOn: '2025-12-31' },
      ['endsOn'],
      /ends before it starts/,
    ],
    [
      'a date that does not exist',
      'CONTRACT',
      { ...contract, startsOn: '2026-02-31' },
      ['startsOn'],
      /does not exist/,
    ],
    [
      'the end of time',
      'CONTRACT',
      { ...contract, endsOn: '9999-12-31' },
      ['endsOn'],
      /Leave the field empty/,
    ],
    ['an unknown zone', 'CONTRACT', { ...contract, timeZone: 'CEST' }, ['timeZone'], /IANA/],
    [
      'an amount as people write it',
      'CONTRACT',
      { ...contract, annualValue: '6.000,00' },
      ['annualValue'],
      /decimal point/,
    ],
    ['a negative amount', 'CONTRACT', { ...contract, annualValue: '-1' }, ['annualValue'], /amount/],
    ['an amount as a number', 'CONTRACT', { ...contract, annualValue: 6000 }, ['annualValue'], /as text/],
    ['an unknown currency', 'CONTRACT', { ...contract, currency: 'ZZZ' }, ['currency'], /ISO 4217/],
    [
      'a mail header',
      'CONTRACT',
      { ...contract, csmEmail: 'a@b.test\r\nBcc: c@d.test' },
      ['csmEmail'],
      /one line/,
    ],
    [
      'two addresses',
      'CONTRACT',
      { ...contract, csmEmail: 'a@b.test,c@d.test' },
      ['csmEmail'],
      /email address/,
    ],
    ['negative seats', 'CONTRACT', { ...contract, seats: -1 }, ['seats'], /not within/],
    ['a flag in text', 'CONTRACT', { ...contract, primary: 'yes' }, ['primary'], /true or false/],
    [
      'no side of a waiver',
      'WAIVER',
      { ...VALID.WAIVER, binds: 'BOTH' },
      ['binds'],
      /MAPPED_TIER and CONTRACT_TIER/,
    ],
    ['a waiver until a day', 'WAIVER', { ...VALID.WAIVER, until: '2026-12-31' }, ['until'], /not an instant/],
    ['no approvals', 'APPROVAL_POLICY', { ...policy, defaultApprovals: 0 }, ['defaultApprovals'], /1 to 20/],
    [
      'a day too many',
      'APPROVAL_POLICY',
      { ...policy, expireAfterDays: 3651 },
      ['expireAfterDays'],
      /1 to 3650/,
    ],
    [
      'a rule twice',
      'APPROVAL_POLICY',
      {
        ...policy,
        rules: [
          { kind: 'REMAP', approvals: 1 },
          { kind: 'REMAP', approvals: 2 },
        ],
      },
      ['rules', '1'],
      /Keep one/,
    ],
    [
      'an unknown kind',
      'APPROVAL_POLICY',
      { ...policy, rules: [{ kind: 'X', approvals: 1 }] },
      ['rules', '0', 'kind'],
      /One of/,
    ],
    ['an import', 'IMPORT', {}, [], /Correct the sheet/],
    ['a field of the mutation', 'REMAP', { ...VALID.REMAP, reason: 'x' }, ['reason'], /no field "reason"/],
  ])('refuses %s (%s)', (_, kind, raw, path, message) => {
    expect(() => parseContent(kind, raw, facts, ['content'])).toThrow(message);
    expect(() => parseContent(kind, raw, facts, ['content'])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['content', ...path] }),
    );
  });
});

describe('hostile content', () => {
  const ALL: readonly ChangeKind[] = [...KINDS, 'IMPORT'];
  const refusedOrTaken = (kind: ChangeKind, raw: unknown): void => {
    try {
      parseContent(kind, raw, facts);
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
    }
  };

  it('is refused as the caller’s mistake, never otherwise', () => {
    fc.assert(fc.property(fc.constantFrom(...ALL), fc.jsonValue(), refusedOrTaken));
  });

  it('is refused so too where one field of good content is anything', () => {
    const spoilt = fc.constantFrom(...KINDS).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        field: fc.constantFrom(...Object.keys(VALID[kind])),
        value: fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.double(), fc.date()),
      }),
    );
    fc.assert(
      fc.property(spoilt, ({ kind, field, value }) =>
        refusedOrTaken(kind, { ...VALID[kind], [field]: value }),
      ),
      { numRuns: 500 },
    );
  });

  it('may be as deep, as long and as odd as it likes', () => {
    let deep: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const odd: readonly unknown[] = [
      deep,
      { commitments: deep },
      JSON.parse('{"__proto__": {"key": "starter"}}'),
      JSON.parse('{"constructor": 1, "toString": 2}'),
      Object.create(null),
      new Map(),
      'x'.repeat(5_000_000),
      { ['x'.repeat(5_000_000)]: 1 },
      { key: 'x'.repeat(5_000_000) },
      Array(1_000_000).fill(0),
    ];
    for (const kind of ALL)
      for (const raw of odd) expect(() => parseContent(kind, raw, facts)).toThrow(DomainError);
  });

  it('is cut short in the answer', () => {
    const key = 'x'.repeat(1_000_000);
    const error = (() => {
      try {
        return parseContent('TIER_RETIREMENT', { [key]: 1 }, facts);
      } catch (caught) {
        return caught;
      }
    })();
    expect(JSON.stringify(error).length + String(error).length).toBeLessThan(1_000);
  });
});

describe('what a change is about', () => {
  it.each<[ChangeKind, object]>([
    ['TIER_TERMS', { kind: 'TIER', id: 'gold' }],
    ['TIER_RETIREMENT', { kind: 'TIER', id: 'starter' }],
    ['COVERAGE', { kind: 'COVERAGE', id: 'business-hours' }],
    ['CONTRACT', { kind: 'CONTRACT', id: 'CTR-1' }],
    ['REMAP', { kind: 'CUSTOMER', id: 'CUST-1' }],
    ['WAIVER', { kind: 'CUSTOMER', id: 'CUST-7' }],
    ['APPROVAL_POLICY', { kind: 'APPROVAL_POLICY', id: 'policy' }],
  ])('of %s is %j', (kind, subject) => {
    if (kind === 'IMPORT') return;
    expect(subjectOf<ChangeKind>(kind, VALID[kind], 'CUST-7')).toEqual(subject);
  });

  it('of an import is the import', () => {
    const content = {
      importId: 'i-1',
      sheet: 'MATRIX',
      sha256: '00',
      columns: {},
      dateOrder: 'DMY',
    } as const;
    expect(subjectOf('IMPORT', content)).toEqual({ kind: 'IMPORT', id: 'i-1' });
  });
});
