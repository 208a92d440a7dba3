import { ApolloServer } from '@apollo/server';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { parameters, report } from './report.js';

/** Apollo on Fastify with a schema as ours is in this place, and a resolver that knows one answer and looks for nothing. */
const { answer } = parameters<{ answer: { readonly __typename: string } }>();

const typeDefs = `
  scalar DateTime
  scalar SlaDuration
  input LookupInput { customerId: ID, priority: String }
  type Commitment {
    priority: String!, firstResponse: SlaDuration, nextUpdate: SlaDuration, resolution: SlaDuration, coverage: String!
  }
  type CoverageState { key: String!, open: Boolean!, nextChangeAt: DateTime, timeZone: String! }
  type Version { number: Int!, effectiveFrom: DateTime!, approvedBy: [String!]! }
  type BindingSla {
    customerId: ID, contractId: ID, tier: String!, source: String!, commitment: Commitment, coverage: CoverageState
    version: Version!, at: DateTime!, knownAt: DateTime!, explanation: [String!]!
  }
  type UnknownCustomer { id: ID!, nearest: [ID!]! }
  union LookupResult = BindingSla | UnknownCustomer
  type Query { lookup(input: LookupInput!): LookupResult! }
`;

const server = Fastify();
const apollo = new ApolloServer({
  typeDefs,
  resolvers: {
    Query: { lookup: () => answer },
    LookupResult: { __resolveType: ({ __typename }: typeof answer) => __typename },
  },
  plugins: [fastifyApolloDrainPlugin(server)],
});
await apollo.start();
server.route({ url: '/graphql', method: ['GET', 'POST', 'OPTIONS'], handler: fastifyApolloHandler(apollo) });
report(await server.listen({ port: 0, host: '127.0.0.1' }));
