import { z } from 'zod';
import { changeKind, content } from './content.schemas.js';
import { count, instant, localDate, ordinal } from './values.js';

export const subject = z.strictObject({
  kind: z.enum(['TIER', 'COVERAGE', 'CONTRACT', 'CUSTOMER', 'APPROVAL_POLICY', 'IMPORT']),
  id: z.string(),
});

const proposal = {
  content,
  effectiveFrom: instant.optional(),
  effectiveUntil: instant.optional(),
  reason: z.string().optional(),
  baseVersion: count,
};

const version = z.strictObject({
  number: ordinal,
  kind: changeKind,
  subject,
  content,
  effectiveFrom: instant,
  effectiveUntil: instant.optional(),
  proposedBy: z.string(),
  approvedBy: z.array(z.string()),
  reason: z.string().optional(),
  backdated: z.boolean(),
  selfApproved: z.boolean(),
  timeZone: z.string(),
});

/** Every event about a proposal says which one, and which revision of it. */
const ofRevision = { changeId: z.string(), revision: ordinal };

export const CHANGE_SCHEMAS = {
  ChangeProposed: z.strictObject({
    ...proposal,
    changeId: z.string(),
    kind: changeKind,
    subject,
    revision: z.literal(1),
    expiresAt: instant.optional(),
  }),
  ChangeRevised: z.strictObject({ ...proposal, ...ofRevision, expiresAt: instant.optional() }),
  ApprovalGiven: z.strictObject({ ...ofRevision, approver: z.string(), comment: z.string().optional() }),
  ChangeApproved: z.strictObject({
    ...ofRevision,
    approver: z.string(),
    comment: z.string().optional(),
    version,
  }),
  ChangeRejected: z.strictObject({ ...ofRevision, reason: z.string() }),
  ChangeWithdrawn: z.strictObject({ ...ofRevision, reason: z.string().optional() }),
  ChangeExpired: z.strictObject(ofRevision),
  ChangeCommented: z.strictObject({ ...ofRevision, text: z.string() }),
  ImportRowApplied: z.strictObject({
    changeId: z.string(),
    importId: z.string(),
    record: ordinal,
    version,
  }),
  ExceptionAcknowledged: z.strictObject({
    exceptionId: z.string(),
    note: z.string(),
    acknowledgedBy: z.string(),
    owner: z.string().optional(),
    dueOn: localDate.optional(),
  }),
};
