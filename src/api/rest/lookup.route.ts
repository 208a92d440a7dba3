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

const at = optional(parseAt);
const position = optional(parsePosition);

/** `GET /v1/lookup`: the hot path, so a plain route without the layers that other requests go through. */
export const lookupRoute = (
  server: FastifyInstance,
  { authenticator, lookups, fresh }: LookupRouteParts,
): void => {
  server.get('/v1/lookup', async (request, reply) => {
    const { orgId } = await allowed(authenticator, request.headers.authorization);
    const asked = checkedQuery(request.query, NAMES);
    await fresh.atLeast(position(asked.atLeast, ['atLeast']));
    const answer = await lookups.lookup(orgId, {
      ...asked,
      at: at(asked.at, ['at']),
      knownAt: at(asked.knownAt, ['knownAt']),
    });
    void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
    return lookupJson(answer);
  });
};

const allowed = async (authenticator: Authenticator, header: string | undefined) => {
  const principal = await authenticator.authenticate(header);
  authorize(principal, 'read');
  return principal;
};
