import type { ReadStore } from '../ports/read-store.js';
import { pageOf } from '../queries/list.js';
import type { Connection, PageRequest } from '../queries/page.js';
import type { DeadLetter, Webhook } from '../queries/views.js';
import { documentKey } from '../read-models/document-key.js';
import {
  WEBHOOKS,
  type AnyWebhookDocument,
  type DeadLetterDocument,
  type WebhookDocument,
} from '../read-models/webhooks.read-model.js';

/** More than an organization can have. */
const ALL = 200;

/** Webhooks, how far they have got, and what was given up. */
export class WebhookQuery {
  constructor(private readonly store: ReadStore) {}

  /** In the order in which they were created. */
  async webhooks(orgId: string): Promise<readonly Webhook[]> {
    const found = await this.store.find(WEBHOOKS, { index: 'all', equals: [orgId], limit: ALL });
    return found.flatMap(({ document }) => (document.type === 'webhook' ? [view(document)] : []));
  }

  async webhook(orgId: string, webhookId: string): Promise<Webhook | null> {
    const document = await this.store.get(WEBHOOKS, documentKey(orgId, webhookId));
    return document?.type === 'webhook' ? view(document) : null;
  }

  /** In the order of the log. */
  deadLetters(orgId: string, webhookId: string, request: PageRequest): Promise<Connection<DeadLetter>> {
    return pageOf<AnyWebhookDocument, DeadLetter>(
      this.store,
      {
        model: WEBHOOKS,
        where: { index: 'deadLetters', equals: [orgId, webhookId] },
        scope: { orgId, list: `dead letters ${webhookId}` },
        view: (document) => letterView(document as DeadLetterDocument),
      },
      request,
    );
  }
}

const view = (document: WebhookDocument): Webhook => {
  const { webhookId: id, url, description = null, status, position, createdAt, createdBy } = document;
  return { id, url, description, status, position, createdAt, createdBy, failure: document.failure ?? null };
};

const letterView = ({ entry, attempts, message, failedAt, requested }: DeadLetterDocument): DeadLetter => ({
  position: entry,
  attempts,
  message,
  failedAt,
  requested,
});
