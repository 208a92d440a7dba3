import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';

const ELSEWHERE =
  'Subscriptions are answered on a WebSocket at this address, in the subprotocol graphql-transport-ws.';

/** A request has one answer, and a subscription many. */
export const noSubscriptionsPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION)
          throw new GraphQLError(ELSEWHERE, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
        return Promise.resolve();
      },
    }),
};
