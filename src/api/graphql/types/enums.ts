import { registerEnumType } from '@nestjs/graphql';
import type { ExceptionStatus, PromiseSource, Webhook } from '../../../application/queries/views.js';
import type { ImportStatus } from '../../../application/read-models/imports.read-model.js';
import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import type { ExceptionRule } from '../../../domain/binding/exception-rule.js';
import type { ChangeStatus } from '../../../domain/change/change-status.js';
import type { ChangeKind, SubjectKind, WaiverContent } from '../../../domain/change/content.js';
import type { RowOutcome } from '../../../domain/import/import.events.js';
import type { ErrorCode } from '../../../domain/shared/domain-error.js';

type EnumOf<Name extends string> = { readonly [N in Name]: N };

/** A union of names as an enum of the API. Each name has its description, so that none can be forgotten. */
const enumOf = <Name extends string>(
  name: string,
  description: string,
  descriptions: Readonly<Record<Name, string>>,
): EnumOf<Name> => {
  const names = Object.keys(descriptions) as Name[];
  const values = Object.fromEntries(names.map((value) => [value, value])) as EnumOf<Name>;
  const valuesMap = Object.fromEntries(
    names.map((value) => [value, { description: descriptions[value] }]),
  ) as Record<Name, { description: string }>;
  registerEnumType(values, { name, description, valuesMap });
  return values;
};

export const SubjectKindEnum = enumOf<SubjectKind>('SubjectKind', 'What a change or a version is about.', {
  TIER: 'A named level of service and its terms.',
  COVERAGE: 'A named schedule whose clock counts.',
  CONTRACT: "A customer's agreement.",
  CUSTOMER: 'The tier a customer is mapped to, and waivers of their exceptions.',
  APPROVAL_POLICY: 'How the organization approves changes.',
  IMPORT: 'An imported sheet.',
});

export const ChangeKindEnum = enumOf<ChangeKind>('ChangeKind', 'What a change does.', {
  TIER_TERMS: 'Sets the terms of a tier.',
  TIER_RETIREMENT: 'Takes a tier out of force.',
  COVERAGE: 'Sets the hours of a coverage.',
  CONTRACT: 'Records or amends a contract.',
  REMAP: 'Maps a customer to a tier.',
  WAIVER: 'Names the side that binds while an exception lasts.',
  APPROVAL_POLICY: 'Sets how changes are approved.',
  IMPORT: 'Applies the rows of a sheet.',
});

export const ChangeStatusEnum = enumOf<ChangeStatus>('ChangeStatus', 'Where a change stands.', {
  PROPOSED: 'Awaits approval; nothing of it is live.',
  APPROVED: 'Approved, and a version from then on.',
  REJECTED: 'Refused by an approver, with a reason.',
  WITHDRAWN: 'Taken back by its proposer or an admin.',
  EXPIRED: 'Not decided within the days that the policy allows.',
});

export const PromiseSourceEnum = enumOf<PromiseSource>('PromiseSource', 'Where a promise comes from.', {
  TIER: 'The terms of the tier.',
  CONTRACT_OVERRIDE: "The contract's own terms.",
  WAIVER: 'The side that an approved waiver names.',
  INBOX_DEFAULT: 'The default for customers that are not known.',
  STRICTER_OF_BOTH: 'The stricter of two contradicting promises, commitment by commitment.',
  CONTRACT_WINS: 'The contracted tier, against the mapped one.',
});

export const ExceptionKindEnum = enumOf<ExceptionKind>('ExceptionKind', 'How facts contradict one another.', {
  TIER_MISMATCH: "The mapped tier is not the active contract's tier.",
  NO_ACTIVE_CONTRACT: 'No contract is active: it has ended, not begun, or there is none.',
  UNMAPPED: 'There is a contract, but the customer is mapped to no tier.',
  UNKNOWN_TIER: 'Mapped or contracted to a tier that is not in force.',
  AMBIGUOUS_CONTRACTS: 'Several contracts are active and none of them is the primary one.',
  INCOMPLETE_TERMS: 'A priority in use has no commitment.',
});

export const ExceptionStatusEnum = enumOf<ExceptionStatus>('ExceptionStatus', 'Where an exception stands.', {
  OPEN: 'Nobody has taken it up yet.',
  ACKNOWLEDGED: 'Somebody has seen it and left a note.',
  WAIVED: 'An approved change says which side binds.',
  RESOLVED: 'The facts agree again.',
});

export const ExceptionRuleEnum = enumOf<ExceptionRule>(
  'ExceptionRule',
  'What a lookup answers where two promises contradict one another.',
  {
    REFUSE: 'The exception, with both promises side by side.',
    STRICTER: 'The stricter of both, commitment by commitment, marked STRICTER_OF_BOTH.',
    CONTRACT_WINS: 'What the contract says, marked CONTRACT_WINS.',
  },
);

export const WaiverSideEnum = enumOf<WaiverContent['binds']>(
  'WaiverSide',
  'Which of two contradicting promises binds.',
  { MAPPED_TIER: 'The tier the customer is mapped to.', CONTRACT_TIER: 'The tier of the contract.' },
);

export const RowOutcomeEnum = enumOf<RowOutcome>('RowOutcome', 'What approving an import does with a row.', {
  CREATE: 'Adds a customer, a contract or a tier.',
  REMAP: 'Maps a known customer to another tier.',
  UPDATE: 'Changes what is known.',
  UNCHANGED: 'Says what is known already.',
  DUPLICATE: 'Repeats an earlier row; left out.',
  INVALID: 'Cannot be applied; left out.',
});

export const ImportStatusEnum = enumOf<ImportStatus>('ImportStatus', 'How far an import has come.', {
  ANALYSING: 'Rows are being read and checked.',
  FAILED: 'The sheet could not be read to its end; nothing of it can be approved.',
  READY: 'Every row is checked; awaits approval.',
  APPLYING: 'Approved; rows are being applied.',
  APPLIED: 'Every row is dealt with.',
});

export const WebhookStatusEnum = enumOf<Webhook['status']>(
  'WebhookStatus',
  'Whether a webhook is delivered to.',
  {
    ACTIVE: 'Entries are delivered as they come.',
    DISABLED: 'The receiver has answered 410 Gone; nothing is sent until the webhook is resumed.',
  },
);

export const ErrorCodeEnum = enumOf<ErrorCode>('ErrorCode', 'Why a mutation was refused.', {
  INVALID_INPUT: 'A field is wrong; `path` says which.',
  NOT_FOUND: 'There is no such thing in your organization.',
  FORBIDDEN: 'Your roles do not allow it.',
  DUPLICATE: 'It exists already; see `existingId`.',
  STALE: 'It was made against a version or revision that is no longer the latest. Revise it.',
  NOT_OPEN: 'The change has been decided already.',
  SELF_APPROVAL: 'Nobody approves what they proposed themselves.',
  ALREADY_APPROVED_BY_YOU: 'A person counts once; somebody else has to approve.',
  BACKDATING_NOT_ALLOWED: 'The policy allows no effect in the past.',
  REASON_REQUIRED: 'A reason is needed.',
  IDEMPOTENCY_MISMATCH: 'The idempotency key was used before, with other content.',
  CONFLICT: 'Somebody else was quicker. Look again, then decide.',
});
