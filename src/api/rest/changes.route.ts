import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ChangeFeed } from '../../application/feed/change-feed.js';
import type { Authenticator } from '../../application/ports/authenticator.js';
import { positionText } from '../../application/read-models/document-key.js';
import { authorize } from '../../application/principal.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { optional, parsePosition } from '../graphql/scalars/arguments.js';
import { CLOUDEVENTS_BATCH, cloudEventOf } from '../../application/feed/cloud-event.js';
import { checkedQuery } from './query.js';

export interface ChangesRouteParts {
  readonly authenticator: Authenticator;
  readonly feed: ChangeFeed;
}

const NAMES = ['after', 'limit', 'wait'] as const;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 100;
/** Seconds; proxies tend to give up at 60. */
const MAX_WAIT = 30;

const position = optional(parsePosition);

/** `GET /v1/changes`: the feed for those who would rather ask than listen, as a batch of CloudEvents. */
export const changesRoute = (server: FastifyInstance, { authenticator, feed }: ChangesRouteParts): void => {
  const closing = new AbortController();
  server.addHook('preClose', (done) => {
    closing.abort();
    done();
  });

  server.get('/v1/changes', async (request, reply) => {
    const principal = await authenticator.authenticate(request.headers.authorization);
    authorize(principal, 'follow-feed');
    const asked = checkedQuery(request.query, NAMES);
    const limit = whole('limit', asked.limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
    const wait = whole('wait', asked.wait, 0, 0, MAX_WAIT);
    const patience = patienceOf(request, wait, closing.signal);
    try {
      const { entries, position: next } = await feed.next(
        principal.orgId,
        position(asked.after, ['after']),
        limit,
        patience.signal,
      );
      // Long enough for a token to end or a key to be revoked.
      if (wait > 0) authorize(await authenticator.authenticate(request.headers.authorization), 'follow-feed');
      return await reply
        .type(CLOUDEVENTS_BATCH)
        .header('cache-control', 'no-store')
        .header('sla-next-position', positionText(next))
        .header('link', `</v1/changes?after=${positionText(next)}>; rel="next"`)
        .send(JSON.stringify(entries.map((entry) => cloudEventOf(principal.orgId, entry))));
    } finally {
      patience.end();
    }
  });
};

/** Ends after so many seconds, when the caller goes away, or when the server closes. */
const patienceOf = ({ raw }: FastifyRequest, seconds: number, closing: AbortSignal) => {
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, seconds * 1000);
  raw.socket.once('close', end);
  return {
    signal: AbortSignal.any([over.signal, closing]),
    end: (): void => {
      clearTimeout(timer);
      raw.socket.off('close', end);
    },
  };
};

const whole = (
  name: string,
  text: string | undefined,
  absent: number,
  least: number,
  most: number,
): number => {
  if (text === undefined) return absent;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most))
    throw invalid([name], `${name} is a whole number from ${least} to ${most}.`);
  return value;
};
