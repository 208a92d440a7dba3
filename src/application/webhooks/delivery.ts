import { epochOf } from '../../domain/shared/instant.js';
import type { PresentWebhook } from '../../domain/webhook/webhook.state.js';
import { CLOUDEVENT, cloudEventOf } from '../feed/cloud-event.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { DeliveryError, type Answer, type WebhookSender } from '../ports/webhook-sender.js';
import type { WebhookSecrets } from '../ports/webhook-secrets.js';
import type { ApprovedChange } from '../queries/views.js';
import { signatureHeaders } from './signature.js';

export interface DeliveryParts {
  readonly sender: WebhookSender;
  readonly secrets: WebhookSecrets;
  readonly ids: IdGenerator;
  readonly clock: Clock;
}

/** What came of one attempt. */
export type Outcome =
  | { readonly type: 'DELIVERED' }
  /** The receiver wants nothing any more: 410. */
  | { readonly type: 'GONE' }
  | {
      readonly type: 'FAILED';
      readonly message: string;
      /** Milliseconds that the receiver wants to be left alone. */
      readonly wait?: number;
    };

const GONE = 410;

/** Sends one entry of the feed to a webhook, once. Rejects when this process cannot sign, or when `signal` aborts. */
export const deliver = async (
  { sender, secrets, ids, clock }: DeliveryParts,
  orgId: string,
  { webhookId, url, secrets: named }: PresentWebhook,
  entry: ApprovedChange,
  signal: AbortSignal,
): Promise<Outcome> => {
  const now = epochOf(clock.now());
  const valid = named.filter(({ until }) => until === undefined || now < epochOf(until));
  // What was made from a key that is lost cannot sign; the newest has to.
  const signing = valid.filter(({ secretKey }) => secretKey === secrets.keyId);
  if (signing.length === 0 || signing[0] !== valid[0])
    throw new Error(
      `Webhook ${webhookId} cannot be signed for: its secret was made from another key than this process has. Let all processes share DATA_DIR/keys, or replace the secret.`,
    );
  const body = JSON.stringify(cloudEventOf(orgId, entry));
  const headers = {
    'content-type': CLOUDEVENT,
    'user-agent': 'sla-matrix-manager',
    ...signatureHeaders({
      // Follows from what is sent to whom, so that a repeat after a crash is known for one.
      id: `msg_${ids.derived('delivery', webhookId, entry.position)}`,
      timestamp: Math.floor(now / 1000),
      body,
      secrets: signing.map(({ secretId }) => secrets.secretOf(orgId, webhookId, secretId)),
    }),
  };
  try {
    return outcomeOf(await sender.post({ url, headers, body }, signal));
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return { type: 'FAILED', message: error.message };
  }
};

const outcomeOf = ({ status, wait }: Answer): Outcome => {
  if (status >= 200 && status < 300) return { type: 'DELIVERED' };
  if (status === GONE) return { type: 'GONE' };
  return { type: 'FAILED', message: `The receiver answered with status ${status}.`, wait };
};
