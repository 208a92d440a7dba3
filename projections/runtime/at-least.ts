import type { ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import { pause } from './backoff.js';
import { messageOf } from './poison-event-error.js';
import { PositionNotReachedError } from './position-not-reached-error.js';
import type { Projector } from './projector.js';

export interface AtLeastOptions {
  /** Longest wait, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** How often the checkpoint of a read model that another process writes is read, in milliseconds. */
const POLL_MS = 20;

/** Resolves when the read model reflects the log up to `position`. @throws PositionNotReachedError */
export const atLeast = async (
  store: ReadStore,
  model: ReadModel<never>,
  projector: Projector<object>,
  position: bigint,
  { timeoutMs = 5_000, signal }: AtLeastOptions,
): Promise<void> => {
  if ((projector.position ?? 0n) >= position) return;
  const notReached = (reason: PositionNotReachedError['reason'], detail: string, cause?: unknown) =>
    new PositionNotReachedError(model.name, position, reason, detail, { cause });
  if (projector.state === 'stopped')
    throw notReached('STOPPED', `it has stopped. ${messageOf(projector.error)}`, projector.error);

  const waiting = new AbortController();
  const gone = new Promise<never>((_, reject) => {
    const give = (reason: 'TIMEOUT' | 'ABORTED', detail: string) => reject(notReached(reason, detail));
    const timer = setTimeout(give, timeoutMs, 'TIMEOUT', `waited ${timeoutMs} ms. Try again shortly.`);
    const aborted = (): void => give('ABORTED', 'the caller has gone.');
    signal?.addEventListener('abort', aborted, { once: true });
    waiting.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    });
    if (signal?.aborted) aborted();
  });
  const arrived =
    projector.state === 'paused'
      ? polled(store, model, position, waiting.signal)
      : projector.reached(position, waiting.signal);
  try {
    await Promise.race([arrived, gone]);
  } catch (error) {
    if (error instanceof PositionNotReachedError || error !== projector.error) throw error;
    throw notReached('STOPPED', `it has stopped. ${messageOf(error)}`, error);
  } finally {
    waiting.abort();
  }
};

const polled = async (
  store: ReadStore,
  model: ReadModel<never>,
  position: bigint,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    if (((await store.checkpoint(model)) ?? 0n) >= position) return;
    await pause(POLL_MS, signal);
  }
};
