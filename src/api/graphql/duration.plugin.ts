import type { ApolloServerPlugin } from '@apollo/server';
import { isUnexpected } from './errors.js';
import type { RequestContext } from './request-context.js';

/** How an operation went: `refused` is what a caller can act on, `error` a fault of ours. */
export type OperationOutcome = 'ok' | 'refused' | 'error';

/** Told of every operation: query, mutation, or unknown where the document names none; and its time in seconds. */
export type OnOperation = (operation: string, outcome: OperationOutcome, seconds: number) => void;

export const durationPlugin = (onOperation: OnOperation): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () => {
    const began = performance.now();
    return Promise.resolve({
      willSendResponse: ({ operation, errors }) => {
        const seconds = (performance.now() - began) / 1_000;
        onOperation(operation?.operation ?? 'unknown', outcomeOf(errors), seconds);
        return Promise.resolve();
      },
    });
  },
});

const outcomeOf = (errors: readonly unknown[] | undefined): OperationOutcome => {
  if (!errors || errors.length === 0) return 'ok';
  return errors.some(isUnexpected) ? 'error' : 'refused';
};
