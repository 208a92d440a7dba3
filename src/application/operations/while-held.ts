import { setTimeout } from 'node:timers/promises';
import type { Lease } from '../ports/lease.js';

/** How long a process waits before it asks again for what another one holds, in milliseconds. */
const ASK_AGAIN_MS = 1_000;

export interface WhileHeld {
  readonly lease: Lease;
  readonly name: string;
  readonly signal: AbortSignal;
  /** Told of every failure, of the lease or of the work; both are tried again. */
  readonly onError: (error: unknown) => void;
}

/**
 * Works whenever this process is the one whose turn it is, until `signal` aborts: one that has gone is followed by another.
 *
 * @param work ends when its signal aborts: the turn is over then
 */
export const whileHeld = async (
  { lease, name, signal, onError }: WhileHeld,
  work: (ending: AbortSignal) => Promise<void>,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      const held = await lease.acquire(name);
      if (held) {
        try {
          await work(AbortSignal.any([held.lost, signal]));
        } finally {
          await held.release();
        }
        continue;
      }
    } catch (error) {
      onError(error);
    }
    await setTimeout(ASK_AGAIN_MS, undefined, { signal }).catch(cutShort);
  }
};

/** Stopping ends the pause; the loop sees it. */
const cutShort = (): void => undefined;
