import { fastify, type FastifyInstance } from 'fastify';
import type { Logger } from '../infrastructure/observability/logger.js';
import type { Config } from '../infrastructure/config/config.js';
import { awaitStores, type Away } from './await-stores.js';

/** One line in the log this often while a start waits, in milliseconds. */
const SAY_AGAIN_MS = 5_000;

/**
 * Waits for the stores in front of a closed door: whoever asks meanwhile learns that the process lives and is not ready,
 * and why. @throws as `awaitStores`
 */
export const waitForStores = async (config: Config, logger: Logger): Promise<void> => {
  let door: FastifyInstance | null = null;
  let present: Away | null = null;
  let saidAt = -Infinity;
  try {
    await awaitStores(config, config.storesWaitMs, async (away, leftMs) => {
      present = away;
      if (performance.now() - saidAt >= SAY_AGAIN_MS) {
        saidAt = performance.now();
        logger.warn(`waiting for the ${away.store}, ${Math.ceil(leftMs / 1_000)} s more: ${away.reason}`);
      }
      door ??= await closedDoor(config, () => present);
    });
  } finally {
    await (door as FastifyInstance | null)?.close();
  }
};

const closedDoor = async ({ port, host }: Config, away: () => Away | null): Promise<FastifyInstance> => {
  const server = fastify();
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', (_request, reply) => {
    const present = away();
    const checks = present ? [{ name: present.store, ok: false, detail: present.reason }] : [];
    return reply.code(503).send({ status: 'not ready', checks });
  });
  await server.listen({ port, host });
  return server;
};
