import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../../application/ports/authenticator.js';
import type { Lookups } from '../../application/queries/lookups.js';
import { may } from '../../application/principal.js';
import { keptJson } from './lookup-json.js';
import { LOOKUP_HEADERS } from './lookup.route.js';

export interface KeptLookupParts {
  readonly authenticator: Authenticator;
  readonly lookups: Lookups;
  /** Of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly correlationIdOf: (request: IncomingMessage) => string;
  /** Told of every answer and the time it took, in seconds. */
  readonly onAnswered: (seconds: number) => void;
}

/** Nothing that would have to be decoded. */
const PLAIN = /^\/v1\/lookup\?(customerId|contractId)=([\w.~-]{1,200})(?:&priority=([\w.~-]{1,200}))?$/;

/**
 * `GET /v1/lookup` in front of the router, for a caller who is known and a question that was just answered: what routing
 * and hooks cost is more than finding the answer. Everything else is left to the route, which answers alike.
 *
 * @returns whether it has answered
 */
export const keptLookups = (parts: KeptLookupParts) => {
  const { authenticator, lookups, headers, correlationIdOf, onAnswered } = parts;
  const constant = Object.entries({ ...headers, ...LOOKUP_HEADERS }).flat();
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const began = performance.now();
    const question = request.method === 'GET' && PLAIN.exec(request.url ?? '');
    const principal = question && authenticator.recognize(request.headers.authorization);
    if (!principal || !may(principal, 'read')) return false;
    const [, name = '', id, priority] = question;
    const asked = name === 'customerId' ? { customerId: id, priority } : { contractId: id, priority };
    const kept = lookups.kept(principal.orgId, asked);
    if (!kept) return false;
    const body = keptJson(kept.answer, kept.now);
    const own = ['x-correlation-id', correlationIdOf(request), 'content-length', String(body.length)];
    response.writeHead(200, constant.concat(own));
    response.end(body, 'latin1');
    onAnswered((performance.now() - began) / 1000);
    return true;
  };
};
