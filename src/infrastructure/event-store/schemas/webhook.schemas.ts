import { z } from 'zod';
import { instant, ordinal } from './values.js';

const position = z.string().regex(/^\d{20}$/, 'is not a position');
const webhookId = z.string();

export const WEBHOOK_SCHEMAS = {
  WebhookCreated: z.strictObject({
    webhookId,
    url: z.string(),
    description: z.string().optional(),
    after: position,
    secretKey: z.string(),
  }),
  WebhookDisabled: z.strictObject({ webhookId, position }),
  WebhookResumed: z.strictObject({ webhookId }),
  WebhookDeleted: z.strictObject({ webhookId }),
  WebhookSecretReplaced: z.strictObject({ webhookId, secretId: z.string(), secretKey: z.string() }),
  DeliveryAbandoned: z.strictObject({ webhookId, position, attempts: ordinal, message: z.string() }),
  RedeliveryRequested: z.strictObject({ webhookId, positions: z.array(position) }),
  RedeliveryAttempted: z.strictObject({ webhookId, position, message: z.string().optional() }),
  DeliveryRecorded: z.strictObject({
    webhookId,
    position,
    failure: z.strictObject({ attempts: ordinal, message: z.string(), nextAttemptAt: instant }).optional(),
  }),
};
