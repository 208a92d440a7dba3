import fc from 'fast-check';
import type { ApprovedVersion } from '../../src/domain/change/change.events.js';
import type { ChangeContent, ChangeKind, Subject } from '../../src/domain/change/content.js';
import { instantOf, type Instant } from '../../src/domain/shared/instant.js';
import { ApprovedLog } from '../support/approved.js';

/** Weeks in which Europe, the Americas, Egypt and New Zealand all change their clocks. */
const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const DAYS = 60;

/** Zones whose days begin at odd instants, with clock changes, without them, beyond the date line. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/New_York',
  'America/St_Johns',
  'Pacific/Honolulu',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
] as const;
export const CUSTOMERS = ['C-1', 'C-2'] as const;
/** Contract → whose it is. */
export const CONTRACTS = { 'K-1': 'C-1', 'K-2': 'C-1', 'K-3': 'C-2' } as const;
export const TIERS = ['gold', 'silver'] as const;

export const hour = (n: number): Instant => instantOf(START + n * HOUR);
const date = (day: number): string => hour(day * 24).slice(0, 10);

/** One approved version, in the order of the log. */
export interface Step {
  readonly kind: ChangeKind;
  readonly subject: Subject;
  readonly content: ChangeContent;
  readonly recordedAt: Instant;
  readonly effectiveFrom: Instant;
  readonly effectiveUntil?: Instant;
  readonly timeZone: string;
}

const commitment = (priority: string, hours: number) => ({
  priority,
  firstResponse: `${hours}h`,
  nextUpdate: null,
  resolution: null,
  coverage: '24x7',
});
/** P0 always; P1 only sometimes, so that a tier may lack what another has. */
const terms = fc
  .record({ hours: fc.integer({ min: 1, max: 9 }), both: fc.boolean() })
  .map(({ hours, both }) => ({
    commitments: both ? [commitment('P0', hours), commitment('P1', hours)] : [commitment('P0', hours)],
    channels: [],
    features: [],
  }));
const tier = fc.constantFrom(...TIERS);
const customer = fc.constantFrom(...CUSTOMERS);

type Kind = Pick<Step, 'kind' | 'subject' | 'content'>;

const tierTerms: fc.Arbitrary<Kind> = fc.record({ key: tier, terms }).map(({ key, terms: promised }) => ({
  kind: 'TIER_TERMS',
  subject: { kind: 'TIER', id: key },
  content: { key, name: key, rank: key === 'gold' ? 2 : 1, terms: promised },
}));
const retirement: fc.Arbitrary<Kind> = tier.map((key) => ({
  kind: 'TIER_RETIREMENT',
  subject: { kind: 'TIER', id: key },
  content: { key },
}));
const remap: fc.Arbitrary<Kind> = fc.record({ customerId: customer, toTier: tier }).map((content) => ({
  kind: 'REMAP',
  subject: { kind: 'CUSTOMER', id: content.customerId },
  content,
}));
const contract: fc.Arbitrary<Kind> = fc
  .record({
    id: fc.constantFrom('K-1' as const, 'K-2' as const, 'K-3' as const),
    of: tier,
    starts: fc.integer({ min: 0, max: 30 }),
    days: fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined }),
    timeZone: fc.constantFrom(...ZONES),
    primary: fc.boolean(),
    overrides: fc.option(terms, { nil: undefined, freq: 4 }),
  })
  .map(({ id, of, starts, days, timeZone, primary, overrides }) => ({
    kind: 'CONTRACT',
    subject: { kind: 'CONTRACT', id },
    content: {
      contractId: id,
      customerId: CONTRACTS[id],
      tier: of,
      startsOn: date(starts),
      ...(days !== undefined && { endsOn: date(starts + days) }),
      timeZone,
      primary,
      ...(overrides && { overrides }),
    },
  }));
const waiver: fc.Arbitrary<Kind> = fc
  .record({
    id: customer,
    of: fc.constantFrom('TIER_MISMATCH', 'UNMAPPED', 'NO_ACTIVE_CONTRACT', 'AMBIGUOUS_CONTRACTS'),
    binds: fc.constantFrom('MAPPED_TIER' as const, 'CONTRACT_TIER' as const),
  })
  .map(({ id, of, binds }) => ({
    kind: 'WAIVER',
    subject: { kind: 'CUSTOMER', id },
    content: { exceptionId: `${of}~${hour(0)}~${id.toLowerCase()}`, binds, until: '' },
  }));

/** Most take effect with their approval; the rest are scheduled or backdated. */
const shift = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 400 }) },
  { weight: 2, arbitrary: fc.integer({ min: -400, max: -1 }) },
);
const lasts = fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined, freq: 3 });

/** A mismatch that is waived, mended and there again: chance alone seldom puts these in this order. */
const waivedAndBack: fc.Arbitrary<readonly Kind[]> = fc
  .record({
    id: fc.constantFrom('K-1' as const, 'K-3' as const),
    binds: fc.constantFrom('MAPPED_TIER' as const, 'CONTRACT_TIER' as const),
    tiers: fc.constantFrom(['gold', 'silver'] as const, ['silver', 'gold'] as const),
  })
  .map(({ id, binds, tiers: [agreed, other] }) => {
    const customerId = CONTRACTS[id];
    const subject = { kind: 'CUSTOMER', id: customerId } as const;
    const remapTo = (toTier: string): Kind => ({
      kind: 'REMAP',
      subject,
      content: { customerId, toTier },
    });
    const exceptionId = `TIER_MISMATCH~${hour(0)}~${customerId.toLowerCase()}`;
    return [
      {
        kind: 'CONTRACT',
        subject: { kind: 'CONTRACT', id },
        content: {
          contractId: id,
          customerId,
          tier: agreed,
          startsOn: date(0),
          timeZone: 'UTC',
          primary: true,
        },
      },
      remapTo(other),
      { kind: 'WAIVER', subject, content: { exceptionId, binds, until: '' } },
      remapTo(agreed),
      remapTo(other),
    ];
  });

const what: fc.Arbitrary<readonly Kind[]> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(tierTerms) },
  { weight: 2, arbitrary: fc.tuple(retirement) },
  { weight: 8, arbitrary: fc.tuple(remap) },
  { weight: 10, arbitrary: fc.tuple(contract) },
  { weight: 4, arbitrary: fc.tuple(waiver) },
  { weight: 1, arbitrary: waivedAndBack },
);

/** Histories of an organization: what was approved, when it was recorded, and from when it binds. */
export const histories: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      what,
      /** Hours since the one before; none: recorded at the very same instant. */
      pause: fc.integer({ min: 0, max: 90 }),
      shift,
      lasts,
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) => {
    let now = 0;
    return steps.flatMap(({ what: kinds, pause, shift: by, lasts: hours }) =>
      kinds.map(({ kind, subject, content }): Step => {
        now += pause;
        const ends = untilOf(kind, hours);
        const until = ends === undefined ? undefined : hour(now + by + ends);
        return {
          kind,
          subject,
          content: 'exceptionId' in content ? { ...content, until: until! } : content,
          recordedAt: hour(now),
          effectiveFrom: hour(now + by),
          ...(until !== undefined && { effectiveUntil: until }),
          timeZone: 'timeZone' in content ? content.timeZone! : 'Europe/Berlin',
        };
      }),
    );
  });

/** A contract has its own dates, a waiver always ends. */
const untilOf = (kind: ChangeKind, hours: number | undefined): number | undefined =>
  kind === 'CONTRACT' ? undefined : kind === 'WAIVER' ? (hours ?? 100) : hours;

/** Any instant of those weeks and around them, on the hour or a millisecond beside it. */
export const instants: fc.Arbitrary<Instant> = fc
  .record({
    at: fc.integer({ min: -24 * 20, max: 24 * DAYS }),
    beside: fc.constantFrom(-1, 0, 1),
  })
  .map(({ at, beside }) => instantOf(START + at * HOUR + beside));

export const logged = (orgId: string, steps: readonly Step[]): ApprovedLog => {
  const log = new ApprovedLog(orgId);
  for (const { kind, subject, content, recordedAt, effectiveFrom, effectiveUntil, timeZone } of steps) {
    const times: Partial<ApprovedVersion> = {
      effectiveFrom,
      ...(effectiveUntil !== undefined && { effectiveUntil }),
      backdated: effectiveFrom < recordedAt,
      timeZone,
    };
    log.approve(kind, subject, content, recordedAt, times);
  }
  return log;
};
