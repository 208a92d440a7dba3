import type { Instant } from '../shared/instant.js';
import type { Event } from '../shared/recorded.js';

/**
 * A receiver of the feed of approved changes. Positions are texts as callers see them, so that their order is the log's.
 * The secret is nowhere in the log: it follows from the webhook's id and a key of the installation, named by `secretKey`.
 */
export type WebhookCreated = Event<
  'WebhookCreated',
  {
    readonly webhookId: string;
    readonly url: string;
    readonly description?: string;
    /** Deliveries begin with the first entry after this position. */
    readonly after: string;
    readonly secretKey: string;
  }
>;
/** The receiver answered that it is gone for good; nothing is sent until somebody resumes. */
export type WebhookDisabled = Event<
  'WebhookDisabled',
  { readonly webhookId: string; readonly position: string }
>;
/** Deliveries go on at once: after being disabled, or instead of waiting for the next attempt. */
export type WebhookResumed = Event<'WebhookResumed', { readonly webhookId: string }>;
export type WebhookDeleted = Event<'WebhookDeleted', { readonly webhookId: string }>;
/** Another secret signs from now on; for a while those before it sign too, so that the receiver can change over. */
export type WebhookSecretReplaced = Event<
  'WebhookSecretReplaced',
  {
    readonly webhookId: string;
    /** Tells the secrets of one webhook apart, and says nothing about them. */
    readonly secretId: string;
    readonly secretKey: string;
  }
>;
/** Every attempt at an entry failed; deliveries go on with the next one. */
export type DeliveryAbandoned = Event<
  'DeliveryAbandoned',
  {
    readonly webhookId: string;
    readonly position: string;
    readonly attempts: number;
    readonly message: string;
  }
>;
export type RedeliveryRequested = Event<
  'RedeliveryRequested',
  { readonly webhookId: string; readonly positions: readonly string[] }
>;
/** What a requested redelivery came to; `message` when it failed, and the entry stays a dead letter. */
export type RedeliveryAttempted = Event<
  'RedeliveryAttempted',
  { readonly webhookId: string; readonly position: string; readonly message?: string }
>;

/** What happens to a webhook, in its own stream. */
export type WebhookEvent =
  | WebhookCreated
  | WebhookDisabled
  | WebhookResumed
  | WebhookDeleted
  | WebhookSecretReplaced
  | DeliveryAbandoned
  | RedeliveryRequested
  | RedeliveryAttempted;

/** Why the entry after the position has not been delivered yet. */
export interface DeliveryFailure {
  /** So far. */
  readonly attempts: number;
  readonly message: string;
  readonly nextAttemptAt: Instant;
}

/** How far a webhook has got, whole: only the last one of its stream counts, so that stream need not be folded. */
export type DeliveryRecorded = Event<
  'DeliveryRecorded',
  {
    readonly webhookId: string;
    /** Everything up to here is acknowledged by the receiver or abandoned. */
    readonly position: string;
    readonly failure?: DeliveryFailure;
  }
>;
