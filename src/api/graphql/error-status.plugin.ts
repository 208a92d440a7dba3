import type { ApolloServerPlugin } from '@apollo/server';
import { ofRequest, statusOf } from './errors.js';
import type { RequestContext } from './request-context.js';

/**
 * Gives the HTTP answer the status of its errors: 401, 403, 503; the first that asks for one. Apollo settles the
 * status before it formats errors, so formatting them comes too late. Gives errors the id of their request, too. Needs
 * `preserveHttpStatusForExecutionErrors: false`, or Nest turns the status back to 200.
 */
export const errorStatusPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, response, contextValue }) => {
        for (const error of errors) ofRequest(error, contextValue.correlationId);
        const status = errors.map(statusOf).find((asked) => asked !== undefined);
        if (status !== undefined) response.http.status = status;
        return Promise.resolve();
      },
    }),
};
