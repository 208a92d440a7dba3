import type { BenchRow } from './bench-row.js';
import { customerId, environmentOf, houseOf } from './support/house.js';
import { loadInTurns, type Request } from './support/load.js';
import { serve } from './support/served.js';

const CUSTOMERS = 100_000;
/** Customers that one connection asks for in turn. */
const ASKED = 1_000;

/** `GET /v1/lookup` with an API key, for customers drawn evenly from all and from a few, beside a bare Fastify's hello. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await houseOf(CUSTOMERS);
  const product = await serve('product', {}, environmentOf(house));
  const hello = await serve('hello');
  const headers = { authorization: `Bearer ${house.key}` };
  const lookups = (among: number) => (): Request[] =>
    Array.from({ length: ASKED }, () => ({
      method: 'GET',
      path: `/v1/lookup?customerId=${customerId(Math.floor(Math.random() * among))}`,
      headers,
    }));
  const peer = { server: hello, requests: (): Request[] => [{ method: 'GET', path: '/' }] };
  const goals = { requestsPerSecond: '≥ 0.5 ×', p99: '≤ 2 ×' };
  const rows = [
    ...(await loadInTurns(
      `lookup over HTTP, all of ${CUSTOMERS.toLocaleString('en-US')} customers, beside fastify hello`,
      { server: product, requests: lookups(CUSTOMERS) },
      peer,
      goals,
      20,
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
