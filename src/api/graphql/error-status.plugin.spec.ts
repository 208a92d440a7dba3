import { afterAll, describe, expect, it } from '@jest/globals';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { EventStoreError } from '../../application/ports/event-store.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { errorStatusPlugin } from './error-status.plugin.js';
import { formatErrorWith, toGraphQLError } from './errors.js';

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
      notFound: throwing(new DomainError('NOT_FOUND', 'There is no such change.')),
    },
  }),
});

describe('the HTTP status of an answer with errors', () => {
  const server = new ApolloServer({
    schema,
    plugins: [errorStatusPlugin],
    formatError: formatErrorWith({ report: () => undefined, correlationId: () => 'corr-1' }),
  });
  server.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();
  afterAll(() => server.stop());

  const ask = async (query: string, context: () => Promise<object> = () => Promise.resolve({})) => {
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

  it('is 401 too when nobody could be named before the query was looked at', async () => {
    const error = toGraphQLError(new UnauthenticatedError('expired'));
    const { status, body } = await ask('{ fine }', () => Promise.reject(error));
    expect(status).toBe(401);
    expect(body.errors).toMatchObject([
      { message: 'The token has expired. Sign in again.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });
});
