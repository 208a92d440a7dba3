import { describe, expect, it } from '@jest/globals';
import { contract, policy, terms, tier } from '../support/samples.js';
import { unharmed } from '../support/unharmed.js';

const given = unharmed();

const [P0, ...others] = terms().commitments;
const withP0 = (more: object) => ({
  ...tier('x'),
  terms: terms(4, { commitments: [{ ...P0, ...more }, ...others] }),
});

type Refusal = readonly [what: string, mutation: string, input: object, path: string, message: RegExp];

const REFUSED: readonly Refusal[] = [
  ['an unknown tier', 'remapCustomer', { customerId: 'c', toTier: 'golf' }, 'toTier', /Did you mean gold\?/],
  ['an unknown tier', 'proposeContract', contract('k', 'c', 'platinum'), 'tier', /silver/],
  ['an unknown tier', 'proposeTierRetirement', { key: 'platinum' }, 'key', /Known: /],
  [
    'an unknown coverage',
    'proposeTierTerms',
    withP0({ coverage: '24x8' }),
    'terms.commitments.0.coverage',
    /24x7/,
  ],
  ['no priority', 'proposeTierTerms', withP0({ priority: ' ' }), 'terms.commitments.0.priority', /./],
  [
    'the same priority twice',
    'proposeTierTerms',
    withP0({ priority: 'p1' }),
    'terms.commitments.1.priority',
    /./,
  ],
  [
    'a priority of a channel that no commitment has',
    'proposeTierTerms',
    { ...tier('x'), terms: terms(4, { channels: [{ channel: 'phone', priorities: ['P7'] }] }) },
    'terms.channels.0.priorities.0',
    /P0/,
  ],
  ...['0h', '-1h', '1e9h', '99999d', '1.5', 'soon', '8 fortnights', '٣h', '∞', '0x10h'].map(
    (resolution): Refusal => [
      `the duration ${resolution}`,
      'proposeTierTerms',
      withP0({ resolution }),
      'terms.commitments.0.resolution',
      /./,
    ],
  ),
  [
    'no commitment',
    'proposeTierTerms',
    { ...tier('x'), terms: terms(4, { commitments: [] }) },
    'terms.commitments',
    /./,
  ],
  [
    '101 % uptime',
    'proposeTierTerms',
    { ...tier('x'), terms: terms(4, { uptimePercent: 101 }) },
    'terms.uptimePercent',
    /./,
  ],
  [
    'a negative credit',
    'proposeTierTerms',
    { ...tier('x'), terms: terms(4, { credits: { percentPerBreach: -5, monthlyCapPercent: 25 } }) },
    'terms.credits.percentPerBreach',
    /./,
  ],
  ['a negative rank', 'proposeTierTerms', { ...tier('x'), rank: -1 }, 'rank', /./],
  ['an empty key', 'proposeTierTerms', tier(''), 'key', /empty/],
  ['an empty key', 'remapCustomer', { customerId: '  ', toTier: 'gold' }, 'customerId', /empty/],
  [
    'an ID of 201 characters',
    'remapCustomer',
    { customerId: 'x'.repeat(201), toTier: 'gold' },
    'customerId',
    /200/,
  ],
  [
    'an ID with NUL',
    'remapCustomer',
    { customerId: 'a\u0000b', toTier: 'gold' },
    'customerId',
    /invisible|control/,
  ],
  [
    'an ID that turns its text around',
    'remapCustomer',
    { customerId: 'a\u202eb', toTier: 'gold' },
    'customerId',
    /invisible/,
  ],
  ['half a character', 'remapCustomer', { customerId: 'a\ud800b', toTier: 'gold' }, 'customerId', /./],
  [
    'a name with NUL',
    'remapCustomer',
    { customerId: 'c', customerName: 'A\u0000B', toTier: 'gold' },
    'customerName',
    /invisible|control/,
  ],
  [
    'a reason that turns its text around',
    'remapCustomer',
    { customerId: 'c', toTier: 'gold', reason: 'a\u202eb' },
    'reason',
    /invisible/,
  ],
  [
    'a reason of 10,001 characters',
    'remapCustomer',
    { customerId: 'c', toTier: 'gold', reason: 'x'.repeat(10_001) },
    'reason',
    /10000/,
  ],
  [
    'more than a megabyte of notes',
    'proposeTierTerms',
    { ...tier('x'), terms: terms(4, { notes: 'x'.repeat(1_100_000) }) },
    'terms.notes',
    /limit/,
  ],
  [
    'more than a megabyte of features',
    'proposeTierTerms',
    {
      ...tier('x'),
      terms: terms(4, {
        features: Array.from({ length: 20_000 }, (_, place) => `feature ${place} ${'x'.repeat(50)}`),
      }),
    },
    'terms.features',
    /limit|at most/i,
  ],
  [
    'a contract that ends first',
    'proposeContract',
    contract('k', 'c', 'gold', { endsOn: '2025-12-31' }),
    'endsOn',
    /before it starts/,
  ],
  [
    'an amount in words',
    'proposeContract',
    contract('k', 'c', 'gold', { annualValue: 'lots', currency: 'EUR' }),
    'annualValue',
    /./,
  ],
  [
    'a currency of nobody',
    'proposeContract',
    contract('k', 'c', 'gold', { annualValue: '1', currency: 'XYZ' }),
    'currency',
    /ISO 4217/,
  ],
  [
    'a zone of nobody',
    'proposeContract',
    contract('k', 'c', 'gold', { timeZone: 'Mars/Olympus' }),
    'timeZone',
    /IANA/,
  ],
  ['negative seats', 'proposeContract', contract('k', 'c', 'gold', { seats: -1 }), 'seats', /./],
  [
    'an address with a line break',
    'proposeContract',
    contract('k', 'c', 'gold', { csmEmail: 'a@b.test\nBcc: c@d.test' }),
    'csmEmail',
    /./,
  ],
  [
    'a week without an hour',
    'proposeCoverage',
    { key: 'never', timeZone: 'UTC', windows: [] },
    'windows',
    /./,
  ],
  [
    'an hour that does not exist',
    'proposeCoverage',
    { key: 'k', timeZone: 'UTC', windows: [{ day: 1, start: '25:00', end: '26:00' }] },
    'windows.0.start',
    /./,
  ],
  [
    'an eighth day',
    'proposeCoverage',
    { key: 'k', timeZone: 'UTC', windows: [{ day: 8, start: '09:00', end: '17:00' }] },
    'windows.0.day',
    /./,
  ],
  ['no approvals', 'proposeApprovalPolicy', policy({ defaultApprovals: 0 }), 'defaultApprovals', /./],
  [
    'rules for the same',
    'proposeApprovalPolicy',
    policy({ rules: [{ approvals: 1 }, { approvals: 2 }] }),
    'rules.1',
    /./,
  ],
  [
    'an end before the start',
    'remapCustomer',
    { customerId: 'c', toTier: 'gold', effectiveUntil: '2020-01-01T00:00:00Z' },
    'effectiveUntil',
    /after/,
  ],
  [
    'an empty idempotency key',
    'remapCustomer',
    { customerId: 'c', toTier: 'gold', idempotencyKey: ' ' },
    'idempotencyKey',
    /./,
  ],
  [
    'a waiver of nothing',
    'proposeWaiver',
    { exceptionId: 'nothing', binds: 'MAPPED_TIER', until: '2999-01-01T00:00:00Z', reason: 'r' },
    'exceptionId',
    /no exception/,
  ],
  ['a revision of nothing', 'reviseChange', { changeId: 'nothing', content: {} }, 'changeId', /no change/],
];

describe('a proposal with', () => {
  it.each(REFUSED)(
    '%s (%s) is refused at the field, with a remedy',
    async (_, mutation, input, path, message) => {
      const refusal = await given().organization.member.refused(mutation, { ...input });
      expect([refusal.path.join('.'), refusal.message]).toEqual([path, expect.stringMatching(message)]);
      expect(refusal.message.length).toBeLessThan(1000);
    },
  );

  it.each<[string, string, object]>([
    ['31 February', 'proposeContract', contract('k', 'c', 'gold', { startsOn: '2026-02-31' })],
    [
      '31 February as an instant',
      'remapCustomer',
      { customerId: 'c', toTier: 'gold', effectiveFrom: '2026-02-31T00:00:00Z' },
    ],
    [
      'a date for an instant',
      'remapCustomer',
      { customerId: 'c', toTier: 'gold', effectiveFrom: '2999-01-01' },
    ],
    [
      'an instant without a zone',
      'remapCustomer',
      { customerId: 'c', toTier: 'gold', effectiveFrom: '2999-01-01T00:00:00' },
    ],
    [
      'a year of six digits',
      'remapCustomer',
      { customerId: 'c', toTier: 'gold', effectiveFrom: '+275760-09-14T00:00:00Z' },
    ],
  ])('%s is refused, and the answer names the field', async (_, mutation, input) => {
    const { status, errors, data, text } = await given().organization.member.ask('mutation', mutation, {
      input,
    });
    expect(status).toBeLessThan(500);
    const refusals = errors.length > 0 ? errors : (data![mutation] as { userErrors: object[] }).userErrors;
    expect(refusals).toHaveLength(1);
    expect(text).toMatch(/startsOn|effectiveFrom/);
  });

  it.each([
    ['case', 'cust-1'],
    ['space', ' CUST-1 '],
    ['Unicode form', 'ＣＵＳＴ－１'],
  ])('an ID that differs only by %s is the same one', async (_, customerId) => {
    expect(await given().organization.viewer.lookup({ customerId })).toMatchObject({ customerId: 'CUST-1' });
    const moved = contract(`ctr-${customerId.trim()}`, 'CUST-2', 'gold');
    expect(await given().organization.member.refused('proposeContract', moved)).toMatchObject({
      code: 'DUPLICATE',
    });
  });
});
