import type { IncomingHttpHeaders } from 'node:http';

/** The header that a state-changing request with the cookie must carry: no form and no foreign page can send it. */
export const CSRF_HEADER = 'x-sla-csrf';

/** Where the web app is reached, which decides how far its cookie is trusted. */
export interface CookieSite {
  /** Base of links; https makes the cookie Secure. */
  readonly publicUrl: string;
}

export const isSecure = ({ publicUrl }: CookieSite): boolean => publicUrl.startsWith('https:');

/** `__Host-` binds the cookie to this very host; browsers grant that prefix over https alone. */
export const cookieName = (site: CookieSite): string =>
  isSecure(site) ? '__Host-sla-session' : 'sla-session';

const attributes = (site: CookieSite): string =>
  `Path=/; HttpOnly; SameSite=Strict${isSecure(site) ? '; Secure' : ''}`;

/** Value of a Set-Cookie header. @param maxAge seconds */
export const sessionCookie = (site: CookieSite, token: string, maxAge: number): string =>
  `${cookieName(site)}=${token}; ${attributes(site)}; Max-Age=${Math.max(0, Math.floor(maxAge))}`;

export const endedCookie = (site: CookieSite): string => sessionCookie(site, '', 0);

/** The token in the session cookie; undefined without one. */
export const sessionToken = (site: CookieSite, headers: IncomingHttpHeaders): string | undefined =>
  cookieValue(cookieName(site), headers);

export const cookieValue = (name: string, headers: IncomingHttpHeaders): string | undefined => {
  const start = `${name}=`;
  const pair = headers.cookie?.split(';').find((part) => part.trimStart().startsWith(start));
  return pair?.trimStart().slice(start.length).trim() || undefined;
};

/**
 * Whether a request comes from a page of this very origin, or (for a link typed or opened) from none. SameSite
 * counts all hosts of a domain as one site; this does not.
 */
export const isSameOrigin = (site: CookieSite, headers: IncomingHttpHeaders): boolean => {
  const said = headers['sec-fetch-site'];
  if (said !== undefined) return said === 'same-origin' || said === 'none';
  if (headers.origin === undefined) return true;
  const { origin, host } = URL.canParse(headers.origin) ? new URL(headers.origin) : { origin: '', host: '' };
  return origin === new URL(site.publicUrl).origin || (host !== '' && host === headers.host);
};

/**
 * The Authorization that the cookie of a WebSocket's opening request stands for. A socket can change things and no
 * page can give it a header, so the page's origin has to be named, and be this one.
 */
export const socketAuthorization = (site: CookieSite, headers: IncomingHttpHeaders): string | undefined => {
  const token = sessionToken(site, headers);
  return token !== undefined && headers.origin !== undefined && isSameOrigin(site, headers)
    ? `Bearer ${token}`
    : undefined;
};
