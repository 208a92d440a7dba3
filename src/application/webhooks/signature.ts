import { createHmac } from 'node:crypto';

export interface Signing {
  /** The same for every attempt at the same message. */
  readonly id: string;
  /** Of this attempt, seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
  /** `whsec_` and base64, each; a receiver that knows one of them is content. */
  readonly secrets: readonly string[];
}

/** What a receiver needs to tell a delivery from a forgery and from a repeat, as Standard Webhooks has it. */
export const signatureHeaders = ({ id, timestamp, body, secrets }: Signing) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)).join(' '),
});

const signature = (secret: string, signed: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`;

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
