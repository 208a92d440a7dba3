import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../application/ports/authenticator.js';
import type { FreshReads } from '../../application/queries/fresh-reads.js';
import type { Lookups } from '../../application/queries/lookups.js';
import { authorize } from '../../application/principal.js';
import { optional, parseAt, parsePosition } from '../graphql/scalars/arguments.js';
import { lookupJson } from './lookup-json.js';
import { checkedQuery } from './query.js';

export interface LookupRouteParts {
  readonly authenticator: Authenticator;
  readonly lookups: Lookups;
  readonly fresh: FreshReads;
}

const NAMES = [
  'customerId',
  'contractId',
  'ticketId',
  'priority',
  'channel',
  'at',
  'knownAt',
  'atLeast',
] as const;

export const LOOKUP_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

const at = optional(parseAt);
const position = optional(parsePosition);

/** `GET /v1/lookup`; what was asked a moment ago is answered in front of it, by `keptLookups`. */
export const lookupRoute = (
  server: FastifyInstance,
  { authenticator, lookups, fresh }: LookupRouteParts,
): void => {
  server.get('/v1/lookup', async (request, reply) => {
    const principal = await authenticator.authenticate(request.headers.authorization);
    authorize(principal, 'read');
    const asked = checkedQuery(request.query, NAMES);
    await fresh.atLeast(position(asked.atLeast, ['atLeast']));
    const answer = await lookups.lookup(principal.orgId, {
      ...asked,
      at: at(asked.at, ['at']),
      knownAt: at(asked.knownAt, ['knownAt']),
    });
    void reply.headers(LOOKUP_HEADERS);
    return lookupJson(answer);
  });
};
