import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certified {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;

/** DER: a tag, the length, the content. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
/** YYYYMMDDHHMMSSZ */
const time = (ms: number): Buffer =>
  text(0x18, `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`);

const ED25519 = sequence(oid('2b6570'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALTERNATIVE_NAME = oid('551d11');

/** A certificate (RFC 5280) for one name, signed by itself: trusted by whoever is told to, and by nobody else. */
export const certificateFor = (
  name: string,
  { from = Date.now() - DAY_MS, until = Date.now() + DAY_MS } = {},
): Certified => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const holder = sequence(der(0x31, sequence(COMMON_NAME, text(0x0c, name))));
  const alternative = sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(text(0x82, name))));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ED25519,
    holder,
    sequence(time(from), time(until)),
    holder,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternative)),
  );
  const whole = sequence(signed, ED25519, der(0x03, Buffer.from([0]), sign(null, signed, privateKey)));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
