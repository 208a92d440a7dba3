import type { FastifyInstance } from 'fastify';
import type { EventStore } from '../../application/ports/event-store.js';
import type { ReadStore } from '../../application/ports/read-store.js';

export interface ReadModelHealth {
  readonly name: string;
  readonly state: string;
  /** Positions behind the log; null when the log cannot be reached. */
  readonly lag: bigint | null;
  readonly error: string | null;
}

export interface HealthParts {
  readonly events: EventStore;
  readonly reads: ReadStore;
  /** How far each read model is. */
  readonly status: () => Promise<readonly ReadModelHealth[]>;
  readonly metrics: { readonly contentType: string; metrics(): Promise<string> };
}

/** Longest wait for a store, in milliseconds; an orchestrator asks again soon. */
const PATIENCE_MS = 2_000;

type Check = { readonly name: string; readonly ok: boolean; readonly detail?: string };

/** Liveness, readiness and metrics: without a token, and without anything that belongs to an organization. */
export const healthRoutes = (
  server: FastifyInstance,
  { events, reads, status, metrics }: HealthParts,
): void => {
  server.get('/healthz', () => ({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    const stores = await Promise.all([
      check('event store', () => events.ping()),
      check('read store', () => reads.ping()),
    ]);
    const checks = stores.every(({ ok }) => ok) ? [...stores, ...(await readModels(status))] : stores;
    const ready = checks.every(({ ok }) => ok);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  });

  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
};

const check = async (name: string, ping: () => Promise<unknown>): Promise<Check> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([ping(), late]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
};

const readModels = async (status: HealthParts['status']): Promise<Check[]> =>
  (await status()).map(({ name, state, lag, error }) => ({
    name: `read model ${name}`,
    ok: state !== 'stopped',
    detail: error ?? `${state}, ${lag ?? 'an unknown number of'} positions behind the log`,
  }));
