import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { EventStoreError } from '../../application/ports/event-store.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { errorStatusPlugin } from './error-status.plugin.js';
import { correlationOf, formatErrorWith, toGraphQLError } from './errors.js';
import type { RequestContext } from './request-context.js';

const throwing = (error: Error) => ({
  type: GraphQLString,
  resolve: () => {
    throw error;
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fine: { type: GraphQLString, resolve: () => 'fine' },
      forbidden: throwing(new DomainError('FORBIDDEN', 'You may not read the audit log.')),
      nobody: throwing(new UnauthenticatedError('missing')),
      away: throwing(new EventStoreError('UNAVAILABLE', 'down')),
      broken: throwing(new TypeError('undefined is not a function')),
      notFound: throwing(new DomainError('NOT_FOUND', 'There is no such change.')),
    },
  }),
});

describe('the HTTP status of an answer with errors', () => {
  const report = jest.fn();
  const server = new ApolloServer<RequestContext>({
    schema,
    plugins: [errorStatusPlugin],
    formatError: formatErrorWith({ report, correlationId: correlationOf }),
  });
  server.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();
  afterAll(() => server.stop());

  const someone = (): Promise<RequestContext> =>
    Promise.resolve({ principal: null, correlationId: 'corr-1', address: undefined });

  const ask = async (query: string, context = someone) => {
    const { status, body } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query },
      },
      context,
    });
    if (body.kind !== 'complete') throw new Error('a whole answer is expected');
    return { status: status ?? 200, body: JSON.parse(body.string) as { errors?: { extensions: object }[] } };
  };

  it.each([
    ['{ fine }', 200],
    ['{ forbidden }', 403],
    ['{ nobody }', 401],
    ['{ away }', 503],
    ['{ notFound }', 200],
    ['{ fine notFound forbidden }', 403],
  ])('%s: %i', async (query, status) => {
    expect((await ask(query)).status).toBe(status);
  });

  it('comes with the id of the request where the fault is ours', async () => {
    const { body } = await ask('{ broken }');
    expect(body.errors).toMatchObject([
      { extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'corr-1' } },
    ]);
    expect(report).toHaveBeenCalledWith(expect.any(TypeError), 'corr-1');
  });

  it('is 401 too when nobody could be named before the query was looked at', async () => {
    const error = toGraphQLError(new UnauthenticatedError('expired'));
    const { status, body } = await ask('{ fine }', () => Promise.reject(error));
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([
      { message: 'The token has expired. Sign in again.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });
});
