import { fastify } from 'fastify';
import { healthRoutes } from '../api/rest/health.routes.js';
import { problem, sendProblem } from '../api/rest/problem.js';
import { createApi } from './api.js';
import type { Core } from './core.js';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens for whoever asks: a process without the API still says how it is. Rejects when it cannot listen. */
export const serve = async (core: Core): Promise<Served> => {
  const { port, host, roles } = core.config;
  if (roles.includes('api')) {
    const app = await createApi(core);
    await app.listen(port, host);
    return { url: await app.getUrl(), close: () => app.close() };
  }
  const { events, reads, metrics, runtime } = core;
  const server = fastify();
  healthRoutes(server, { events, reads, metrics, status: () => runtime.status() });
  const elsewhere = problem(
    404,
    'NOT_FOUND',
    'This process runs without the API; ask one whose SLA_ROLES name it.',
  );
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, elsewhere));
  const url = await server.listen({ port, host });
  return { url, close: () => server.close() };
};
