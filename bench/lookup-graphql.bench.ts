import type { BenchRow } from './bench-row.js';
import { customerId, environmentOf, houseOf } from './support/house.js';
import { loadInTurns, loadOnce, type Request } from './support/load.js';
import { serve } from './support/served.js';

const CUSTOMERS = 100_000;
const ASKED = 1_000;

const QUERY = `query Binding($input: LookupInput!) {
  lookup(input: $input) {
    __typename
    ... on BindingSla {
      customerId contractId tier source
      commitment { priority firstResponse nextUpdate resolution coverage }
      coverage { key open nextChangeAt timeZone }
      version { number effectiveFrom approvedBy }
      at knownAt explanation
    }
    ... on UnknownCustomer { id nearest }
  }
}`;

const bodyFor = (number: number): string =>
  JSON.stringify({
    query: QUERY,
    variables: { input: { customerId: customerId(number), priority: 'P1' } },
  });

/**
 * The lookup as an agent's tool asks for it, beside Apollo on Fastify that answers one constant of the same shape: customers
 * drawn from all, first as of a server that has just started, then as of one that was asked about each of them before.
 */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await houseOf(CUSTOMERS);
  const headers = { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' };
  const product = await serve('product', {}, environmentOf(house));
  const lookup = (number: number): Request => ({
    method: 'POST',
    path: '/graphql',
    headers,
    body: bodyFor(number),
  });
  const answered = await fetch(`${product.url}/graphql`, { method: 'POST', headers, body: bodyFor(1) });
  const { data } = (await answered.json()) as { data: { lookup: { __typename: string } } };
  if (data.lookup.__typename !== 'BindingSla') throw new Error(JSON.stringify(data));
  const apollo = await serve('apollo-constant', { answer: data.lookup });
  const requests = (): Request[] =>
    Array.from({ length: ASKED }, () => lookup(Math.floor(Math.random() * CUSTOMERS)));
  const beside = (name: string) =>
    loadInTurns(
      `lookup through GraphQL, ${name}, beside Apollo on Fastify answering a constant`,
      { server: product, requests },
      { server: apollo, requests },
      { requestsPerSecond: '≥ 0.7 ×' },
    );
  const rows = await beside('most customers for the first time');
  await loadOnce(
    product,
    Array.from({ length: CUSTOMERS }, (_, number) => lookup(number)),
  );
  rows.push(...(await beside('customers asked about before')));
  await product.stop();
  await apollo.stop();
  return rows;
};
