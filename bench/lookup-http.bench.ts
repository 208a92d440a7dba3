import type { BenchRow } from './bench-row.js';
import { customerId, environmentOf, houseOf } from './support/house.js';
import { loadInTurns, loadOnce, type Request } from './support/load.js';
import { serve } from './support/served.js';

const CUSTOMERS = 100_000;
/** Customers that one connection asks for in turn. */
const ASKED = 1_000;

/**
 * `GET /v1/lookup` with an API key beside a bare Fastify's hello: the first question about every customer, then customers drawn
 * evenly from all, as of a server that has been up for a while, and from a few.
 */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await houseOf(CUSTOMERS);
  const product = await serve('product', {}, environmentOf(house));
  const hello = await serve('hello');
  const headers = { authorization: `Bearer ${house.key}` };
  const lookup = (number: number): Request => ({
    method: 'GET',
    path: `/v1/lookup?customerId=${customerId(number)}`,
    headers,
  });
  const lookups = (among: number) => (): Request[] =>
    Array.from({ length: ASKED }, () => lookup(Math.floor(Math.random() * among)));
  const peer = { server: hello, requests: (): Request[] => [{ method: 'GET', path: '/' }] };
  const goals = { requestsPerSecond: '≥ 0.5 ×', p99: '≤ 2 ×' };
  const helloOnce = await loadOnce(hello, Array<Request>(CUSTOMERS).fill({ method: 'GET', path: '/' }));
  const each = Array.from({ length: CUSTOMERS }, (_, number) => lookup(number));
  const lookupOnce = await loadOnce(product, each);
  const rows: BenchRow[] = [
    {
      name: `lookup over HTTP, the first about each of ${CUSTOMERS.toLocaleString('en-US')} customers, beside fastify hello: CPU`,
      unit: 'µs/request',
      goal: 'for comparison',
      ours: [lookupOnce.cpuPerRequest],
      peer: [helloOnce.cpuPerRequest],
    },
    ...(await loadInTurns(
      `lookup over HTTP, all of ${CUSTOMERS.toLocaleString('en-US')} customers, beside fastify hello`,
      { server: product, requests: lookups(CUSTOMERS) },
      peer,
      goals,
    )),
    ...(await loadInTurns(
      'lookup over HTTP, 1,000 of them, beside fastify hello',
      { server: product, requests: lookups(1_000) },
      peer,
      goals,
    )),
  ];
  await product.stop();
  await hello.stop();
  return rows;
};
