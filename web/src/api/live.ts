import type { QueryClient } from '@tanstack/react-query';
import { print } from '@0no-co/graphql.web';
import { createClient } from 'graphql-ws';
import { useSyncExternalStore } from 'react';
import { graphql } from './graphql.js';
import { forgetReached, noteReached } from './freshness.js';
import { refresh } from './refresh.js';

const ApprovedChanges = graphql(`
  subscription ApprovedChanges($after: Position) {
    approvedChanges(after: $after) {
      position
    }
  }
`);

export type LiveState = 'connecting' | 'live' | 'away';

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();
const become = (next: LiveState): void => {
  state = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether approvals appear by themselves at this moment. */
export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

/** A storm of approvals, an import for example, is one question every so often, in milliseconds. */
const SETTLE_MS = 150;
const REST_MS = 1_500;
const LONGEST_WAIT_MS = 5_000;

/** Follows the feed of approved changes; what the page shows is asked again with each. Ends with the function returned. */
export const follow = (client: QueryClient): (() => void) => {
  let after: string | null = null;
  let timer: number | undefined;
  let refreshedAt = -REST_MS;
  const refreshSoon = (): void => {
    timer ??= window.setTimeout(
      () => {
        timer = undefined;
        refreshedAt = performance.now();
        void refresh(client);
      },
      Math.max(SETTLE_MS, refreshedAt + REST_MS - performance.now()),
    );
  };
  const socket = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT_MS, 500 * 2 ** retries))),
    on: {
      connected: () => {
        become('live');
        // What was approved while nobody listened is seen by asking again: to be told of it one by one takes longer.
        refreshSoon();
      },
      closed: () => become('away'),
    },
  });
  let ended = false;
  const run = async (): Promise<void> => {
    while (!ended) {
      // Each round takes up after the last approval seen, so that a torn connection loses none.
      const events = socket.iterate<{ approvedChanges: { position: string } }>({
        query: print(ApprovedChanges),
        variables: { after },
      });
      try {
        for await (const { data } of events) {
          if (!data) continue;
          after = data.approvedChanges.position;
          noteReached(after);
          refreshSoon();
        }
      } catch (error) {
        become('away');
        after = null;
        forgetReached();
        console.warn('The feed broke off and is taken up again.', error);
      }
      refreshSoon();
      if (!ended) await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  };
  void run();
  return () => {
    ended = true;
    clearTimeout(timer);
    void socket.dispose();
  };
};
