import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../../application/ports/authenticator.js';
import { costLimitPlugin } from './cost-limit.plugin.js';
import { durationPlugin, type OnOperation } from './duration.plugin.js';
import { errorStatusPlugin } from './error-status.plugin.js';
import { correlationOf, formatErrorWith, ofRequest, toGraphQLError } from './errors.js';
import { noSubscriptionsPlugin } from './no-subscriptions.plugin.js';
import type { RequestContext } from './request-context.js';
import { RESOLVERS } from './resolvers/all.js';

export interface GraphqlOptions {
  /** Whether the schema may be asked for, and its landing page opened: not in production. */
  readonly introspection: boolean;
  readonly report: (error: unknown, correlationId: string) => void;
  readonly onOperation: OnOperation;
}

/** Tokens of one document; the longest honest ones have a few hundred. */
const MAX_TOKENS = 5_000;

/** GraphQL over HTTP: resolvers on what `core` provides. */
@Module({})
export class GraphqlApiModule {
  static forRoot(options: GraphqlOptions, core: DynamicModule): DynamicModule {
    const { introspection, report, onOperation } = options;
    return {
      module: GraphqlApiModule,
      imports: [
        core,
        CqrsModule.forRoot(),
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [core],
          inject: [Authenticator],
          useFactory: (authenticator: Authenticator): ApolloDriverConfig => ({
            autoSchemaFile: true,
            sortSchema: true,
            introspection,
            // Where the schema may not be asked for, a mistyped name does not give it away either.
            hideSchemaDetailsFromClientErrors: !introspection,
            playground: false,
            graphiql: false,
            csrfPrevention: true,
            allowBatchedHttpRequests: false,
            includeStacktraceInErrorResponses: false,
            parseOptions: { maxTokens: MAX_TOKENS },
            plugins: [
              // Nothing here may be kept, and working that out for every field costs more than the fields.
              ApolloServerPluginCacheControlDisabled(),
              errorStatusPlugin,
              noSubscriptionsPlugin,
              costLimitPlugin,
              durationPlugin(onOperation),
            ],
            preserveHttpStatusForExecutionErrors: false,
            formatError: formatErrorWith({ report, correlationId: correlationOf }),
            context: async (request: FastifyRequest): Promise<RequestContext> => ({
              principal: await principalOf(authenticator, request),
              correlationId: request.id,
              address: request.ip,
            }),
          }),
        }),
      ],
      providers: [...RESOLVERS],
    };
  }
}

/** Who calls; null without a token. A token that is wrong ends the request before anything is looked at. */
const principalOf = async (authenticator: Authenticator, { headers, id }: FastifyRequest) => {
  if (headers.authorization === undefined) return null;
  try {
    const known = authenticator.recognize(headers.authorization);
    return known ?? (await authenticator.authenticate(headers.authorization));
  } catch (error) {
    throw error instanceof Error ? ofRequest(toGraphQLError(error), id) : error;
  }
};
