import type { ApolloServerPlugin } from '@apollo/server';
import { statusOf } from './errors.js';

/**
 * Gives the HTTP answer the status of its errors: 401, 403, 503; the first that asks for one. Apollo settles the
 * status before it formats errors, so formatting them comes too late. Needs
 * `preserveHttpStatusForExecutionErrors: false`, or Nest turns the status back to 200.
 */
export const errorStatusPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didEncounterErrors: ({ errors, response }) => {
        const status = errors.map(statusOf).find((asked) => asked !== undefined);
        if (status !== undefined) response.http.status = status;
        return Promise.resolve();
      },
    }),
};
