import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { answerInGraphql } from '../api/graphql/answer-in-graphql.js';
import { isUnexpected } from '../api/graphql/errors.js';
import { changesRoute } from '../api/rest/changes.route.js';
import { exportRoute } from '../api/rest/export.route.js';
import { healthRoutes } from '../api/rest/health.routes.js';
import { importRoute } from '../api/rest/import.route.js';
import { lookupRoute } from '../api/rest/lookup.route.js';
import { providerRoutes } from '../api/web/provider.routes.js';
import { sessionRoutes } from '../api/web/session.routes.js';
import { webAppRoutes } from '../api/web/web-app.routes.js';
import { AppModule } from '../app.module.js';
import { NestLogger } from '../infrastructure/observability/nest-logger.js';
import type { Core } from './core.js';
import { answerProblems, createHttpServer } from './http-server.js';
import { openSocket } from './socket.js';

/** The built web app lies beside the sources, two folders above the compiled ones. */
const WEB_APP = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** The API in front of the core, not yet listening. */
export const createApi = async (core: Core): Promise<NestFastifyApplication> => {
  const server = createHttpServer(core);
  const { authenticator, accounts, clock, lookups, fresh, intake, feed, events, reads, runtime, metrics } =
    core;
  // A scope of their own: Nest brings its own error handler to everything outside it.
  await server.register((rest, _options, done) => {
    rest.setErrorHandler(answerProblems(core));
    lookupRoute(rest, { authenticator, lookups, fresh });
    changesRoute(rest, { authenticator, feed });
    void rest.register((uploads, _none, ready) => {
      importRoute(uploads, { authenticator, intake });
      ready();
    });
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
  server.addHook('onRoute', (route) => {
    if (route.url === '/graphql') route.errorHandler = answerInGraphql;
  });
  const adapter = new FastifyAdapter(server);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(core), adapter, {
    logger: new NestLogger(core.logger, isUnexpected),
    abortOnError: false,
  });
  const socket = openSocket(core, app);
  server.addHook('preClose', () => socket.close());
  return app;
};
