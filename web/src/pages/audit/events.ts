import type { EventType } from '@domain/events.js';

/** The product's own bookkeeping is no deed of anybody, so the audit log leaves it out. */
type Audited = Exclude<EventType, 'DeliveryRecorded' | 'IdempotencyKeyClaimed'>;

/** A record, so that none can be forgotten. */
const KNOWN: Readonly<Record<Audited, true>> = {
  ActionRefused: true,
  ApiKeyCreated: true,
  ApiKeyRevoked: true,
  ApprovalGiven: true,
  ChangeApproved: true,
  ChangeCommented: true,
  ChangeExpired: true,
  ChangeProposed: true,
  ChangeRejected: true,
  ChangeRevised: true,
  ChangeWithdrawn: true,
  DeliveryAbandoned: true,
  ExceptionAcknowledged: true,
  ImportAnalysed: true,
  ImportFailed: true,
  ImportProgressed: true,
  ImportRowApplied: true,
  ImportRowsStaged: true,
  ImportStarted: true,
  OrganizationCreated: true,
  PasswordSet: true,
  PersonAdded: true,
  RedeliveryAttempted: true,
  RedeliveryRequested: true,
  SettingsChanged: true,
  WebhookCreated: true,
  WebhookDeleted: true,
  WebhookDisabled: true,
  WebhookResumed: true,
  WebhookSecretReplaced: true,
};

/** Every kind of event that the audit log may show. */
export const EVENTS = Object.keys(KNOWN);

/** `ChangeApproved` → "Change approved". */
export const eventInWords = (type: string): string =>
  type.charAt(0) + type.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
