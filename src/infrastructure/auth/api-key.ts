import { createHash, randomBytes } from 'node:crypto';
import { ApiKeyMaker, type NewApiKey } from '../../application/ports/api-key-maker.js';

/** `sla_<organization>.<12 characters>_<256 bits, base64url>`: the id alone tells where to look the key up. */
const FORM = /^sla_(([a-z0-9][a-z0-9-]{0,62})\.[a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;

export interface ParsedApiKey {
  readonly keyId: string;
  readonly orgId: string;
}

export const looksLikeApiKey = (token: string): boolean => token.startsWith('sla_');

/** Null when the text has not the form of a key. */
export const parseApiKey = (key: string): ParsedApiKey | null => {
  const match = FORM.exec(key);
  if (match === null) return null;
  const [, keyId = '', orgId = ''] = match;
  return { keyId, orgId };
};

// A fast hash will do: 256 random bits cannot be guessed at any speed.
export const hashApiKey = (key: string): Buffer => createHash('sha256').update(key).digest();

export class RandomApiKeyMaker extends ApiKeyMaker {
  make(orgId: string): NewApiKey {
    const keyId = `${orgId}.${randomBytes(6).toString('hex')}`;
    const key = `sla_${keyId}_${randomBytes(32).toString('base64url')}`;
    return { keyId, key, hash: hashApiKey(key).toString('hex') };
  }
}
