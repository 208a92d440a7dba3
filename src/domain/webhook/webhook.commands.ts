import type { WebhookCreated } from './webhook.events.js';

export type CreateWebhook = { readonly type: 'CreateWebhook' } & WebhookCreated['data'];

export interface DeleteWebhook {
  readonly type: 'DeleteWebhook';
}

export interface ResumeWebhook {
  readonly type: 'ResumeWebhook';
}

export interface ReplaceSecret {
  readonly type: 'ReplaceSecret';
  readonly secretId: string;
  readonly secretKey: string;
}

export interface Redeliver {
  readonly type: 'Redeliver';
  /** Dead letters; absent: all of them. */
  readonly positions?: readonly string[];
}

export interface DisableWebhook {
  readonly type: 'DisableWebhook';
  readonly position: string;
}

export interface AbandonDelivery {
  readonly type: 'AbandonDelivery';
  readonly position: string;
  readonly attempts: number;
  readonly message: string;
}

export interface SettleRedelivery {
  readonly type: 'SettleRedelivery';
  readonly position: string;
  /** Absent: delivered. */
  readonly message?: string;
}

export type WebhookCommand =
  | CreateWebhook
  | DeleteWebhook
  | ResumeWebhook
  | ReplaceSecret
  | Redeliver
  | DisableWebhook
  | AbandonDelivery
  | SettleRedelivery;
