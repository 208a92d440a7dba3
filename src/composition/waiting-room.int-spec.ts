import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { ReadModelStatus } from '../../projections/runtime/status.js';
import { eventually } from '../../test/support/eventually.js';
import { freePort } from '../../test/support/free-port.js';
import { httpClient } from '../../test/support/http-client.js';
import type { ProcessRole } from '../infrastructure/config/config.js';
import { waitForReadModels } from './waiting-room.js';

const status = (changes: Partial<ReadModelStatus>): ReadModelStatus => ({
  name: 'customers',
  version: 2,
  checkpoint: null,
  head: 100n,
  lag: 100n,
  state: 'catching-up',
  error: null,
  stoppedAt: null,
  rebuild: null,
  ...changes,
});

/** A start that waits, with a status that can be changed under it. */
const waiting = async (
  first: Partial<ReadModelStatus>,
  roles: readonly ProcessRole[] = ['api', 'projector'],
) => {
  const port = await freePort();
  const said: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void said.push(line) });
  const present = { status: status(first) };
  const runtime = {
    status: () => Promise.resolve([present.status, status({ name: 'audit', state: 'live' })]),
  };
  const done = waitForReadModels({ config: { port, host: '127.0.0.1', roles }, logger, runtime });
  return { present, done, said, door: httpClient(`http://127.0.0.1:${port}`) };
};

describe('a start with a read model that is being built for the first time', () => {
  it('lives, is not ready, says how far it is, and goes on once it is built', async () => {
    const { present, done, said, door } = await waiting({ checkpoint: 40n, lag: 60n });
    await eventually(async () => {
      expect((await door.rest(null, '/healthz')).status).toBe(200);
      expect(await door.rest(null, '/readyz')).toMatchObject({
        status: 503,
        json: {
          checks: [{ name: 'read model customers', ok: false, detail: '60 positions behind the log' }],
        },
      });
    });
    for (const path of ['/v1/lookup?customerId=C-1', '/graphql', '/']) {
      const answer = await door.rest(null, path);
      expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE', retryable: true } });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.text).toContain('waits for: read model customers.');
    }
    present.status = status({ checkpoint: 100n, lag: 0n, state: 'live' });
    await done;
    expect(said.join()).toContain('read model customers (60 positions behind the log)');
    await expect(door.rest(null, '/healthz')).rejects.toThrow();
  });

  it('goes on when it stops in front of an event, which readiness shows', async () => {
    const { present, done } = await waiting({});
    present.status = status({ state: 'stopped', error: 'poison' });
    await done;
  });
});

describe('a start does not wait', () => {
  it.each([
    ['for an empty log', { head: 0n, lag: 0n }, ['api', 'projector']],
    ['while the log is away', { head: null, lag: null }, ['api', 'projector']],
    ['for what another process keeps up', { checkpoint: 40n, lag: 60n }, ['api']],
  ] as const)('%s', async (_case, first, roles) => {
    const { done, said } = await waiting(first, roles);
    await done;
    expect(said).toEqual([]);
  });
});
