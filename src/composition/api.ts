import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changesRoute } from '../api/rest/changes.route.js';
import { exportRoute } from '../api/rest/export.route.js';
import { healthRoutes } from '../api/rest/health.routes.js';
import { importRoute } from '../api/rest/import.route.js';
import { lookupRoute } from '../api/rest/lookup.route.js';
import { problem, problemOf, sendProblem } from '../api/rest/problem.js';
import { cookieAuthorization } from '../api/web/cookie-authorization.js';
import { securityHeaders } from '../api/web/security-headers.js';
import { sessionRoutes } from '../api/web/session.routes.js';
import { webAppRoutes } from '../api/web/web-app.routes.js';
import { AppModule } from '../app.module.js';
import { correlationId, withCorrelation } from '../infrastructure/observability/correlation.js';
import { NestLogger } from '../infrastructure/observability/nest-logger.js';
import type { Core } from './core.js';
import { openSocket } from './socket.js';

/** Largest JSON body: inline sheets are the largest thing that a document carries. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** The built web app lies beside the sources, two folders above the compiled ones. */
const WEB_APP = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const CORRELATION_ID = /^[\w.:-]{1,100}$/;

/** The API in front of the core, not yet listening. */
export const createApi = async (core: Core): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: false,
    routerOptions: { maxParamLength: 500 },
  });
  const server = adapter.getInstance<FastifyInstance>();
  correlate(server);
  hangUpWhenClosing(server);
  securityHeaders(server, core.config);
  cookieAuthorization(server, core.config);
  const { authenticator, accounts, clock, lookups, fresh, intake, feed, events, reads, runtime, metrics } =
    core;
  // A scope of their own: Nest brings its own error handler to everything outside it.
  await server.register((rest, _options, done) => {
    rest.setErrorHandler(answerProblems(core));
    lookupRoute(rest, { authenticator, lookups, fresh });
    changesRoute(rest, { authenticator, feed });
    importRoute(rest, { authenticator, intake, correlationId });
    const onBroken = (error: unknown) => core.logger.error({ err: error }, 'export broken off');
    exportRoute(rest, { authenticator, exporter: core.exporter, fresh, onBroken });
    healthRoutes(rest, { events, reads, metrics, status: () => runtime.status() });
    const timeZoneOf = (orgId: string) => core.times.timeZoneOf(orgId);
    sessionRoutes(rest, { authenticator, accounts, clock, site: core.config, timeZoneOf });
    webAppRoutes(rest, WEB_APP);
    done();
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(core), adapter, {
    logger: new NestLogger(core.logger),
    abortOnError: false,
  });
  const socket = openSocket(core, app);
  server.addHook('preClose', () => socket.close());
  return app;
};

const answerProblems =
  ({ logger }: Core) =>
  (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = problemOf(error);
    if (known) return sendProblem(reply, known);
    const id = correlationId() ?? '';
    logger.error({ err: error, correlationId: id }, 'request failed');
    const detail = `Something went wrong on our side. Try again; if it persists, report the correlation id ${id}.`;
    return sendProblem(reply, problem(500, 'INTERNAL_SERVER_ERROR', detail));
  };

/** What is answered while the server closes is the connection's last: kept open, it would hold the closing up. */
const hangUpWhenClosing = (server: FastifyInstance): void => {
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
};

/** Everything that a request leads to, in the log and in the log lines, carries one id. */
const correlate = (server: FastifyInstance): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const sent = request.headers['x-correlation-id'];
    const id = typeof sent === 'string' && CORRELATION_ID.test(sent) ? sent : randomUUID();
    void reply.header('x-correlation-id', id);
    withCorrelation(id, done);
  });
};
