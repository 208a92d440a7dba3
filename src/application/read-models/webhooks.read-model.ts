import type { Instant } from '../../domain/shared/instant.js';
import type { DeliveryFailure } from '../../domain/webhook/webhook.events.js';
import type { ReadModel } from '../ports/read-store.js';

export interface WebhookDocument {
  readonly type: 'webhook';
  readonly orgId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly description?: string;
  readonly status: 'ACTIVE' | 'DISABLED';
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** Everything up to here is acknowledged or given up. */
  readonly position: string;
  /** Why the next entry has not been delivered yet. */
  readonly failure?: DeliveryFailure & { readonly failedAt: Instant };
}

/** An entry of the feed that was given up. */
export interface DeadLetterDocument {
  readonly type: 'dead-letter';
  readonly orgId: string;
  readonly webhookId: string;
  /** Position of the entry. */
  readonly entry: string;
  readonly attempts: number;
  readonly message: string;
  readonly failedAt: Instant;
  /** Somebody has asked for it to be sent again. */
  readonly requested: boolean;
}

export type AnyWebhookDocument = WebhookDocument | DeadLetterDocument;

export const WEBHOOKS: ReadModel<AnyWebhookDocument> = {
  name: 'webhooks',
  version: 1,
  indexes: {
    all: ['orgId', 'createdAt'],
    byStatus: ['status'],
    deadLetters: ['orgId', 'webhookId', 'entry'],
  },
};
