import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { changesRoute } from '../api/rest/changes.route.js';
import { exportRoute } from '../api/rest/export.route.js';
import { healthRoutes } from '../api/rest/health.routes.js';
import { importRoute } from '../api/rest/import.route.js';
import { lookupRoute } from '../api/rest/lookup.route.js';
import { problem, problemOf, sendProblem } from '../api/rest/problem.js';
import { cookieAuthorization } from '../api/web/cookie-authorization.js';
import { providerRoutes } from '../api/web/provider.routes.js';
import { securityHeaders } from '../api/web/security-headers.js';
import { sessionRoutes } from '../api/web/session.routes.js';
import { webAppRoutes } from '../api/web/web-app.routes.js';
import { AppModule } from '../app.module.js';
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
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: false,
    routerOptions: { maxParamLength: 500 },
    requestIdHeader: false,
    genReqId: correlationIdOf,
    frameworkErrors: (error, _request, reply) => void answerProblems(core)(error, _request, reply),
  });
  correlate(server);
  hangUpWhenClosing(server);
  securityHeaders(server, core.config);
  cookieAuthorization(server, core.config);
  const { authenticator, accounts, clock, lookups, fresh, intake, feed, events, reads, runtime, metrics } =
    core;
  // A scope of their own, made before Nest comes: its error handler and its hooks do not concern them, and cost.
  await server.register((rest, _options, done) => {
    rest.setErrorHandler(answerProblems(core));
    lookupRoute(rest, { authenticator, lookups, fresh });
    changesRoute(rest, { authenticator, feed });
    importRoute(rest, { authenticator, intake });
    const onBroken = (error: unknown, correlationId: string) =>
      core.logger.error({ err: error, correlationId }, 'export broken off');
    exportRoute(rest, { authenticator, exporter: core.exporter, fresh, onBroken });
    healthRoutes(rest, { events, reads, metrics, status: () => runtime.status() });
    const timeZoneOf = (orgId: string) => core.times.timeZoneOf(orgId);
    sessionRoutes(rest, { authenticator, accounts, clock, site: core.config, timeZoneOf });
    providerRoutes(rest, {
      passwords: core.issuer !== null,
      provider: core.signInProvider,
      authenticator,
      clock,
      site: core.config,
    });
    webAppRoutes(rest, WEB_APP);
    done();
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(core),
    new FastifyAdapter(server),
    {
      logger: new NestLogger(core.logger),
      abortOnError: false,
    },
  );
  const socket = openSocket(core, app);
  server.addHook('preClose', () => socket.close());
  return app;
};

const answerProblems =
  ({ logger }: Core) =>
  (error: FastifyError, { id }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = problemOf(error);
    if (known) return sendProblem(reply, known);
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
const correlationIdOf = ({ headers }: IncomingMessage): string => {
  const sent = headers['x-correlation-id'];
  return typeof sent === 'string' && CORRELATION_ID.test(sent) ? sent : randomUUID();
};

const correlate = (server: FastifyInstance): void => {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    done();
  });
};
