import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { keptLookups } from '../api/rest/kept-lookups.js';
import { problem, problemOf, sendProblem } from '../api/rest/problem.js';
import { cookieAuthorization } from '../api/web/cookie-authorization.js';
import { securityHeaders } from '../api/web/security-headers.js';
import type { Core } from './core.js';

/** Largest JSON body: inline sheets are the largest thing that a document carries. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** Longer than the idle time of common proxies, so that it is they who hang up. */
const KEEP_ALIVE_MS = 72_000;
const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/** Fastify with what goes for every request, and no routes yet. */
export const createHttpServer = (core: Core): FastifyInstance => {
  const { authenticator, lookups, metrics, config } = core;
  // An answer of today is not to be shown tomorrow; the few that may be kept say so themselves.
  const headers = { ...securityHeaders(config), 'cache-control': 'no-store' };
  const measured = metrics.httpDuration.labels('GET', '/v1/lookup', '200');
  const kept = keptLookups({
    authenticator,
    lookups,
    headers,
    correlationIdOf,
    onAnswered: (seconds) => measured.observe(seconds),
  });
  const state = { closing: false };
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: false,
    routerOptions: { maxParamLength: 500 },
    requestIdHeader: false,
    genReqId: correlationIdOf,
    frameworkErrors: (error, request, reply) =>
      void answerProblems(core)(error, request, reply.headers(headers)),
    serverFactory: (route) =>
      createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
        if (state.closing || !kept(request, response)) route(request, response);
      }),
  });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers).header('x-correlation-id', request.id);
    done();
  });
  hangUpWhenClosing(server, state);
  cookieAuthorization(server, config);
  server.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
    metrics.httpDuration.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
  return server;
};

/** Everything that a request leads to, in the log and in the log lines, carries one id. */
const correlationIdOf = ({ headers }: IncomingMessage): string => {
  const sent = headers['x-correlation-id'];
  return typeof sent === 'string' && CORRELATION_ID.test(sent) ? sent : randomUUID();
};

/** Errors as problem documents; what is none of the caller's doing is logged. */
export const answerProblems =
  ({ logger }: Pick<Core, 'logger'>) =>
  (error: FastifyError, { id }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = problemOf(error);
    if (known) return sendProblem(reply, known);
    logger.error({ err: error, correlationId: id }, 'request failed');
    const detail = `Something went wrong on our side. Try again; if it persists, report the correlation id ${id}.`;
    return sendProblem(reply, problem(500, 'INTERNAL_SERVER_ERROR', detail));
  };

/** What is answered while the server closes is the connection's last: kept open, it would hold the closing up. */
const hangUpWhenClosing = (server: FastifyInstance, state: { closing: boolean }): void => {
  server.addHook('preClose', (done) => {
    state.closing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (state.closing) void reply.header('connection', 'close');
    done();
  });
};
