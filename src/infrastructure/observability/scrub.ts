/** Passwords in URLs, tokens and API keys, wherever they turn up: in messages, causes, connection strings. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"\\]+@/gi, '$1***@'],
  [/\bBearer +[A-Za-z0-9._~+/=-]+/gi, 'Bearer ***'],
  [/\bsla_([a-z0-9-]{1,63}\.[a-z0-9]{12})_[A-Za-z0-9_-]{20,}/g, 'sla_$1_***'],
  [/\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,8000}\.[A-Za-z0-9_-]{0,2000}/g, '***'],
];

/** The text without what nobody who reads a log should hold. Leaves JSON the JSON it was. */
export const scrub = (text: string): string =>
  SECRETS.reduce((scrubbed, [secret, instead]) => scrubbed.replace(secret, instead), text);
