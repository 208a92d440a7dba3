import { createRequire } from 'node:module';
import { join } from 'node:path';
import Fastify from 'fastify';
import { parameters, report } from './report.js';

/** As much of `pg` as is used; it is no dependency of the product. */
interface Pg {
  readonly Pool: new (options: object) => {
    query(query: object): Promise<{ readonly rows: readonly { readonly answer: string }[] }>;
  };
}

interface Question {
  readonly customerId: string;
  readonly at: string;
  readonly knownAt: string;
}

/** One row of a bitemporal table is the answer but for the instants: no key, no rules, nothing to put together. */
const { peers, port } = parameters<{ readonly peers: string; readonly port: number }>();
const { Pool } = createRequire(join(peers, 'package.json'))('pg') as Pg;
const pool = new Pool({
  host: '127.0.0.1',
  port,
  user: 'postgres',
  database: 'postgres',
  max: 8,
  idleTimeoutMillis: 0,
});

const AS_OF = `select answer from version
  where customer = $1 and effective @> $2::timestamptz and recorded @> $3::timestamptz`;

const server = Fastify();
server.get<{ Querystring: Question }>('/v1/lookup', async ({ query }, reply) => {
  const { customerId, at, knownAt } = query;
  const { rows } = await pool.query({ name: 'as-of', text: AS_OF, values: [customerId, at, knownAt] });
  const [row] = rows;
  if (!row || rows.length > 1) return reply.code(404).send({ rows: rows.length });
  void reply.type('application/json; charset=utf-8');
  return `${row.answer},"at":"${at}","knownAt":"${knownAt}"}`;
});
report(await server.listen({ port: 0, host: '127.0.0.1' }));
