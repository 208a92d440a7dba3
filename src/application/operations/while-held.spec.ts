import { expect, it } from '@jest/globals';
import { Lease, type Held } from '../ports/lease.js';
import { whileHeld } from './while-held.js';

/** Granted to whoever asks, and taken away when told. */
class OpenLease extends Lease {
  readonly log: string[] = [];
  lose: () => void = () => undefined;

  async acquire(name: string): Promise<Held> {
    const lost = new AbortController();
    this.lose = () => lost.abort();
    this.log.push(`acquired ${name}`);
    return { token: 1n, lost: lost.signal, release: async () => void this.log.push('released') };
  }

  async close(): Promise<void> {
    // Nothing is kept.
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

it('works while it is held, and again when it is held again', async () => {
  const lease = new OpenLease();
  const stopping = new AbortController();
  const errors: unknown[] = [];
  let turns = 0;
  const holding = {
    lease,
    name: 'w',
    signal: stopping.signal,
    onError: (error: unknown) => errors.push(error),
  };
  await whileHeld(holding, async (ending) => {
    const over = untilAborted(ending);
    if (++turns === 1) lease.lose();
    else stopping.abort();
    await over;
  });
  expect(lease.log).toEqual(['acquired w', 'released', 'acquired w', 'released']);
  expect(errors).toEqual([]);
});

it('gives it up when the work fails, says why, and tries again', async () => {
  const lease = new OpenLease();
  const stopping = new AbortController();
  const errors: unknown[] = [];
  const onError = (error: unknown): void => {
    errors.push(error);
    stopping.abort();
  };
  const failing = () => Promise.reject(new Error('no'));
  await whileHeld({ lease, name: 'w', signal: stopping.signal, onError }, failing);
  expect(lease.log).toEqual(['acquired w', 'released']);
  expect(errors).toMatchObject([{ message: 'no' }]);
});
