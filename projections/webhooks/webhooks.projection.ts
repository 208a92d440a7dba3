import type { RecordedEvent } from '../../src/domain/events.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import {
  WEBHOOKS,
  type AnyWebhookDocument,
  type DeadLetterDocument,
  type WebhookDocument,
} from '../../src/application/read-models/webhooks.read-model.js';
import type { Projection } from '../runtime/projection.js';

/** Webhooks with how far they have got, and beside each the entries that were given up. */
export const webhooksProjection: Projection<AnyWebhookDocument> = {
  model: WEBHOOKS,
  types: [
    'WebhookCreated',
    'WebhookDisabled',
    'WebhookResumed',
    'WebhookDeleted',
    'DeliveryAbandoned',
    'RedeliveryRequested',
    'RedeliveryAttempted',
    'DeliveryRecorded',
  ],
  keys: (event) => {
    if (!('webhookId' in event.data)) return [];
    const { webhookId } = event.data;
    const { orgId } = event.metadata;
    const letters = entriesOf(event).map((entry) => documentKey(orgId, webhookId, entry));
    return [documentKey(orgId, webhookId), ...letters];
  },
  evolve: (document, event, key) => {
    if (event.type === 'WebhookCreated') return document ?? created(event);
    if (event.type === 'DeliveryAbandoned' && key === letterKey(event)) return document ?? letter(event);
    if (!document) return null;
    return document.type === 'webhook' ? evolveWebhook(document, event) : evolveLetter(document, event);
  },
};

/** The dead letters that an event is about. */
const entriesOf = (event: RecordedEvent): readonly string[] => {
  switch (event.type) {
    case 'DeliveryAbandoned':
    case 'RedeliveryAttempted':
      return [event.data.position];
    case 'RedeliveryRequested':
      return event.data.positions;
    default:
      return [];
  }
};

type Abandoned = Extract<RecordedEvent, { type: 'DeliveryAbandoned' }>;

const letterKey = ({ data, metadata }: Abandoned): string =>
  documentKey(metadata.orgId, data.webhookId, data.position);

const created = ({
  data,
  metadata,
  recordedAt,
}: Extract<RecordedEvent, { type: 'WebhookCreated' }>): WebhookDocument => {
  const { webhookId, url, description, after } = data;
  return {
    type: 'webhook',
    orgId: metadata.orgId,
    webhookId,
    url,
    ...(description !== undefined && { description }),
    status: 'ACTIVE',
    createdAt: recordedAt,
    createdBy: metadata.actor,
    position: after,
  };
};

const letter = ({ data, metadata, recordedAt }: Abandoned): DeadLetterDocument => {
  const { webhookId, position: entry, attempts, message } = data;
  const { orgId } = metadata;
  return {
    type: 'dead-letter',
    orgId,
    webhookId,
    entry,
    attempts,
    message,
    failedAt: recordedAt,
    requested: false,
  };
};

const evolveWebhook = (document: WebhookDocument, event: RecordedEvent): WebhookDocument | null => {
  const { failure: _, ...healthy } = document;
  switch (event.type) {
    case 'WebhookDisabled':
      return { ...healthy, status: 'DISABLED' };
    case 'WebhookResumed':
      return { ...healthy, status: 'ACTIVE' };
    case 'WebhookDeleted':
      return null;
    case 'DeliveryRecorded': {
      const { position, failure } = event.data;
      const failing = failure && { failure: { ...failure, failedAt: event.recordedAt } };
      return { ...healthy, position, ...failing };
    }
    default:
      return document;
  }
};

const evolveLetter = (document: DeadLetterDocument, event: RecordedEvent): DeadLetterDocument | null => {
  switch (event.type) {
    case 'RedeliveryRequested':
      return { ...document, requested: true };
    case 'RedeliveryAttempted': {
      const { message } = event.data;
      if (message === undefined) return null;
      const { attempts } = document;
      return {
        ...document,
        attempts: attempts + 1,
        message,
        failedAt: event.recordedAt,
        requested: false,
      };
    }
    default:
      return document;
  }
};
