import type { AuditEvent } from './audit/audit.events.js';
import type { SubjectEvent } from './change/change.events.js';
import type { ImportEvent } from './import/import.events.js';
import type { IdempotencyKeyClaimed, OrganizationEvent } from './organization/organization.events.js';
import type { Recorded } from './shared/recorded.js';
import type { DeliveryRecorded, WebhookEvent } from './webhook/webhook.events.js';

/** Everything the log can hold. */
export type AnyEvent =
  | SubjectEvent
  | ImportEvent
  | OrganizationEvent
  | IdempotencyKeyClaimed
  | AuditEvent
  | WebhookEvent
  | DeliveryRecorded;

export type EventType = AnyEvent['type'];

/** A recorded event whose `type` narrows its `data`. */
export type RecordedEvent = { [T in EventType]: Recorded<Extract<AnyEvent, { type: T }>> }[EventType];
