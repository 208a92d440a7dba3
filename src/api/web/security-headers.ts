import type { CookieSite } from './session-cookie.js';

const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

/**
 * Nothing inline, nothing foreign, in no frame: what is typed into a name or a note can never run. Goes with every
 * answer, for an answer that nobody expected is the one that gets rendered. The same text every time, so written once:
 * a middleware that puts it together per request costs more than a lookup.
 */
export const securityHeaders = ({ publicUrl }: CookieSite): Readonly<Record<string, string>> => {
  const overTls = publicUrl.startsWith('https:');
  const policy = overTls ? [...CONTENT_POLICY, 'upgrade-insecure-requests'] : CONTENT_POLICY;
  return {
    ...HEADERS,
    'content-security-policy': policy.join(';'),
    ...(overTls && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
};
