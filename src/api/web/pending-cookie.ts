import type { IncomingHttpHeaders } from 'node:http';
import type { PendingSignIn } from '../../application/ports/sign-in-provider.js';
import { cookieName, cookieValue, isSecure, type CookieSite } from './session-cookie.js';

/** What the browser remembers between leaving for the provider and coming back. */
export interface Leaving extends PendingSignIn {
  /** Where to go on, as it was asked for. */
  readonly back: string;
}

/** Seconds that somebody may take to sign in at the provider. */
const PENDING_TTL = 600;

const nameOf = (site: CookieSite): string => `${cookieName(site)}-pending`;

// Lax, unlike the session: the provider's page sends the browser back, and that has to bring it along.
const attributes = (site: CookieSite): string =>
  `Path=/; HttpOnly; SameSite=Lax${isSecure(site) ? '; Secure' : ''}`;

/** What a sign-in at the provider has to come back with. Of use to nobody but the browser that holds it. */
export const pendingCookie = (site: CookieSite, leaving: Leaving): string => {
  const value = Buffer.from(JSON.stringify(leaving)).toString('base64url');
  return `${nameOf(site)}=${value}; ${attributes(site)}; Max-Age=${PENDING_TTL}`;
};

export const endedPending = (site: CookieSite): string => `${nameOf(site)}=; ${attributes(site)}; Max-Age=0`;

/** Null: none was begun in this browser. */
export const pendingOf = (site: CookieSite, headers: IncomingHttpHeaders): Leaving | null => {
  const value = cookieValue(nameOf(site), headers);
  if (value === undefined) return null;
  try {
    const leaving: unknown = JSON.parse(Buffer.from(value, 'base64url').toString());
    return isLeaving(leaving) ? leaving : null;
  } catch {
    // Not a cookie of ours: as if there were none.
    return null;
  }
};

const PARTS = ['state', 'nonce', 'codeVerifier', 'back'] as const satisfies readonly (keyof Leaving)[];

const isLeaving = (value: unknown): value is Leaving =>
  typeof value === 'object' &&
  value !== null &&
  PARTS.every((part) => typeof (value as Readonly<Record<string, unknown>>)[part] === 'string');
