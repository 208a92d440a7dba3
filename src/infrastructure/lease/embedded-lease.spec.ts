import { expect, it } from '@jest/globals';
import { EmbeddedLease } from './embedded-lease.js';

it('grants an embedded lease to everybody, with ever greater tokens', async () => {
  const lease = new EmbeddedLease();
  const [first, second] = [await lease.acquire(), await lease.acquire()];
  expect(second.token).toBeGreaterThan(first.token);
  await first.release();
  expect(second.lost.aborted).toBe(false);
  await lease.close();
});
