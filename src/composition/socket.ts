import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { formatErrorWith } from '../api/graphql/errors.js';
import type { ConnectionParts } from '../api/graphql/socket/connection.js';
import { GraphqlSocket } from '../api/graphql/socket/graphql-socket.js';
import { Operations } from '../api/graphql/socket/operation.js';
import { socketAuthorization } from '../api/web/session-cookie.js';
import { epochOf } from '../domain/shared/instant.js';
import type { Core } from './core.js';

/** Subscriptions on the server of the API; ends when the API closes. */
export const openSocket = (core: Core, app: NestFastifyApplication): GraphqlSocket => {
  const { authenticator, clock, config, logger, metrics } = core;
  let parts: ConnectionParts | undefined;
  // The schema is there once the application is: nobody connects before.
  const partsOf = (): ConnectionParts =>
    (parts ??= {
      authenticator,
      authorizationOf: ({ headers }) => headers.authorization ?? socketAuthorization(config, headers),
      operations: new Operations(
        app.get(GraphQLSchemaHost, { strict: false }).schema,
        (formatted, error, correlationId) =>
          formatErrorWith({
            report: (origin, id) => logger.error({ err: origin, correlationId: id }, 'subscription failed'),
            correlationId: () => correlationId,
          })(formatted, error),
      ),
      now: () => epochOf(clock.now()),
      onSubscribed: (field) => {
        metrics.subscriptions.inc({ field });
        return () => metrics.subscriptions.dec({ field });
      },
      onError: (error) => logger.warn({ err: error }, 'socket failed'),
    });
  const socket = new GraphqlSocket(partsOf);
  socket.attach(app.getHttpServer());
  return socket;
};
