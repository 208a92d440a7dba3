import { z } from 'zod';
import { CHANGE_KINDS } from '../../../domain/change/content.js';
import { count, localDate } from './values.js';

const duration = z.string();

const commitment = z.strictObject({
  priority: z.string(),
  firstResponse: duration.nullable(),
  nextUpdate: duration.nullable(),
  resolution: duration.nullable(),
  coverage: z.string(),
});

const channel = z.strictObject({
  channel: z.string(),
  priorities: z.array(z.string()).nullish(),
  coverage: z.string().nullish(),
});

const terms = z.strictObject({
  commitments: z.array(commitment),
  channels: z.array(channel),
  uptimePercent: z.number().nullish(),
  achievementPercent: z.number().nullish(),
  credits: z.strictObject({ percentPerBreach: z.number(), monthlyCapPercent: z.number() }).nullish(),
  features: z.array(z.string()),
  notes: z.string().nullish(),
});

export const tierTerms = z.strictObject({ key: z.string(), name: z.string(), rank: z.number(), terms });

// `terms` is named so that faulty terms of a tier are reported as such, and not as a retirement with too many fields.
const tierRetirement = z.strictObject({ key: z.string(), terms: z.undefined().optional() });

const coverage = z.strictObject({
  key: z.string(),
  timeZone: z.string(),
  windows: z.array(z.strictObject({ day: z.int().min(1).max(7), start: z.string(), end: z.string() })),
  holidays: z.array(localDate).optional(),
  publicHolidays: z.string().optional(),
  dayLength: duration.optional(),
});

export const contract = z.strictObject({
  contractId: z.string(),
  customerId: z.string(),
  tier: z.string(),
  startsOn: localDate,
  endsOn: localDate.optional(),
  timeZone: z.string().optional(),
  overrides: terms.optional(),
  primary: z.boolean().optional(),
  annualValue: z.string().optional(),
  currency: z.string().optional(),
  creditsEnabled: z.boolean().optional(),
  csmEmail: z.string().optional(),
  seats: z.number().optional(),
});

export const remap = z.strictObject({
  customerId: z.string(),
  customerName: z.string().optional(),
  toTier: z.string(),
});

const waiver = z.strictObject({
  exceptionId: z.string(),
  binds: z.enum(['MAPPED_TIER', 'CONTRACT_TIER']),
  until: z.string(),
});

export const changeKind = z.enum(CHANGE_KINDS);

const approvalPolicy = z.strictObject({
  defaultApprovals: count,
  rules: z.array(
    z.strictObject({ kind: changeKind.optional(), tier: z.string().optional(), approvals: count }),
  ),
  allowSelfApproval: z.boolean(),
  allowBackdating: z.boolean(),
  requireReason: z.boolean(),
  expireAfterDays: z.number().optional(),
});

const importContent = z.strictObject({
  importId: z.string(),
  sheet: z.enum(['REFERENCE', 'MATRIX']),
  sha256: z.string(),
  columns: z.record(z.string(), z.string()),
  dateOrder: z.string(),
});

/** Strict objects: no two kinds of content can be taken for each other. */
export const content = z.union([
  tierTerms,
  remap,
  contract,
  tierRetirement,
  coverage,
  waiver,
  approvalPolicy,
  importContent,
]);
