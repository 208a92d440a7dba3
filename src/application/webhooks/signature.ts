import { createHmac } from 'node:crypto';

export interface Signing {
  /** The same for every attempt at the same message. */
  readonly id: string;
  /** Of this attempt, seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
  /** `whsec_` and base64. */
  readonly secret: string;
}

/** What a receiver needs to tell a delivery from a forgery and from a repeat, as Standard Webhooks has it. */
export const signatureHeaders = ({ id, timestamp, body, secret }: Signing) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
});

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
