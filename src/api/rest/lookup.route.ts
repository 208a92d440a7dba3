import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authenticator } from '../../application/ports/authenticator.js';
import type { FreshReads } from '../../application/queries/fresh-reads.js';
import type { Lookups } from '../../application/queries/lookups.js';
import type { BindingSla, LookupResult } from '../../application/queries/views.js';
import { authorize, type Principal } from '../../application/principal.js';
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

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

const at = optional(parseAt);
const position = optional(parsePosition);

/** `GET /v1/lookup`: the hot path, so a plain route without the layers that other requests go through. */
export const lookupRoute = (
  server: FastifyInstance,
  { authenticator, lookups, fresh }: LookupRouteParts,
): void => {
  // Not async: whoever is known and asks what was just answered is answered without a promise.
  server.get('/v1/lookup', (request, reply) => {
    const { authorization } = request.headers;
    const known = authenticator.recognize(authorization);
    const kept = known && keptFor(known, request.query);
    return kept
      ? send(reply, kept)
      : answer(authorization, request.query).then((found) => send(reply, found));
  });

  const keptFor = (principal: Principal, query: unknown): BindingSla | null => {
    authorize(principal, 'read');
    const asked = checkedQuery(query, NAMES);
    return asked.atLeast === undefined ? lookups.kept(principal.orgId, asked) : null;
  };

  const answer = async (authorization: string | undefined, query: unknown): Promise<LookupResult> => {
    const principal = await authenticator.authenticate(authorization);
    authorize(principal, 'read');
    const asked = checkedQuery(query, NAMES);
    await fresh.atLeast(position(asked.atLeast, ['atLeast']));
    return lookups.lookup(principal.orgId, {
      ...asked,
      at: at(asked.at, ['at']),
      knownAt: at(asked.knownAt, ['knownAt']),
    });
  };
};

const send = (reply: FastifyReply, answer: LookupResult): void => {
  reply.headers(HEADERS).send(lookupJson(answer));
};
