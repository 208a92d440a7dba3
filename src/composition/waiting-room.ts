import { setTimeout } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import type { ReadModelStatus } from '../../projections/runtime/status.js';
import { problem, sendProblem } from '../api/rest/problem.js';
import type { Config } from '../infrastructure/config/config.js';
import type { Logger } from '../infrastructure/observability/logger.js';
import { awaitStores } from './await-stores.js';
import type { Core } from './core.js';

/** One line in the log this often while a start waits, in milliseconds. */
const SAY_AGAIN_MS = 5_000;
const LOOK_AGAIN_MS = 100;

interface Missing {
  readonly name: string;
  readonly detail: string;
}

/** Waits for the stores in front of a closed door. @throws as `awaitStores` */
export const waitForStores = async (config: Config, logger: Logger): Promise<void> => {
  const door = new ClosedDoor(config, logger);
  try {
    await awaitStores(config, config.storesWaitMs, ({ store, reason }, leftMs) =>
      door.wait(
        [{ name: store, detail: reason }],
        `waiting for the ${store}, ${Math.ceil(leftMs / 1_000)} s more: ${reason}`,
      ),
    );
  } finally {
    await door.open();
  }
};

/**
 * Waits, in front of a closed door, until no read model is being built for the first time: half built, it would answer
 * that nothing was ever promised. A process that only reads waits for those of which there is nothing at all; how far
 * others have built them it cannot tell from their being behind.
 */
export const waitForReadModels = async ({
  config,
  logger,
  runtime,
}: Pick<Core, 'logger'> & {
  readonly config: Pick<Config, 'port' | 'host' | 'roles'>;
  readonly runtime: { status(): Promise<readonly ReadModelStatus[]> };
}): Promise<void> => {
  const builds = config.roles.includes('projector');
  const isUnderWay = ({ state, checkpoint, head }: ReadModelStatus): boolean =>
    state === 'catching-up' && (builds || checkpoint === null) && head !== null && head > 0n;
  const door = new ClosedDoor(config, logger);
  try {
    for (;;) {
      const missing = (await runtime.status()).filter(isUnderWay).map(inWords);
      if (missing.length === 0) return;
      const all = missing.map(({ name, detail }) => `${name} (${detail})`).join(', ');
      await door.wait(missing, `waiting for what is being built: ${all}`);
      await setTimeout(LOOK_AGAIN_MS);
    }
  } finally {
    await door.open();
  }
};

const inWords = ({ name, lag }: ReadModelStatus): Missing => ({
  name: `read model ${name}`,
  detail: `${lag ?? 'an unknown number of'} positions behind the log`,
});

/** Whoever asks while a start waits learns that the process lives and is not ready, and why. Shut at the first wait. */
class ClosedDoor {
  private server: FastifyInstance | null = null;
  private missing: readonly Missing[] = [];
  private saidAt = -Infinity;

  constructor(
    private readonly config: Pick<Config, 'port' | 'host'>,
    private readonly logger: Logger,
  ) {}

  async wait(missing: readonly Missing[], inWords: string): Promise<void> {
    this.missing = missing;
    if (performance.now() - this.saidAt >= SAY_AGAIN_MS) {
      this.saidAt = performance.now();
      this.logger.warn(inWords);
    }
    this.server ??= await this.shut();
  }

  async open(): Promise<void> {
    await this.server?.close();
  }

  private async shut(): Promise<FastifyInstance> {
    const server = fastify();
    server.get('/healthz', () => ({ status: 'ok' }));
    server.get('/readyz', (_request, reply) => {
      const checks = this.missing.map(({ name, detail }) => ({ name, ok: false, detail }));
      return reply.code(503).send({ status: 'not ready', checks });
    });
    // Not 404: who asks for a promise is not to learn that there is none.
    server.setNotFoundHandler((_request, reply) => {
      const names = this.missing.map(({ name }) => name).join(', ');
      const detail = `The product is starting and waits for: ${names}. Try again in a moment.`;
      return sendProblem(
        reply.header('retry-after', String(SAY_AGAIN_MS / 1_000)),
        problem(503, 'UNAVAILABLE', detail, { retryable: true }),
      );
    });
    await server.listen({ port: this.config.port, host: this.config.host });
    return server;
  }
}
