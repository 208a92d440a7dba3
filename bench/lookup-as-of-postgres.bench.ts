import { deepStrictEqual } from 'node:assert';
import { instantOf, type Instant } from '../src/domain/shared/instant.js';
import type { BenchRow } from './bench-row.js';
import { bitemporalRows, bitemporalTable, type BitemporalRow } from './support/bitemporal.js';
import { anywhere, histories, instantOfVersion, MANY, remapped, STEADY } from './support/histories.js';
import { customerId, environmentOf, houseOf, TIERS, type House } from './support/house.js';
import { loadInTurns, type Request } from './support/load.js';
import { installedPeers } from './support/peers.js';
import { postgresBin, startPostgres, type Postgres } from './support/postgres.js';
import { serve, type Served } from './support/served.js';

const CUSTOMERS = 100_000;
const ASKED = 1_000;
const COMPARED = 100;
const FIRST = instantOfVersion(1, MANY);
const written = (count: number): string => count.toLocaleString('en-US');

/** The product on a house, and what is asked there. */
interface Side {
  readonly name: string;
  readonly house: House;
  readonly server: Served;
  /** Path and query, another at every call. */
  readonly question: () => string;
}

/** The same questions about the past to the product and to a bitemporal table in PostgreSQL; nothing where there is none. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const bin = await postgresBin();
  const peers = bin && (await installedPeers());
  if (!peers) return [];
  const [many, often] = await sides();
  const postgres = await startPostgres(bin);
  try {
    await postgres.script(bitemporalTable([...(await rowsOfMany(many)), ...(await rowsOfOften(often))]));
    const peer = await peerOn(postgres, peers);
    const rows: BenchRow[] = [];
    for (const side of [many, often]) {
      await compare(side, peer);
      rows.push(...(await measure(side, peer)));
    }
    for (const server of [many.server, often.server, peer]) await server.stop();
    return rows;
  } finally {
    await postgres.stop();
  }
};

const sides = async (): Promise<readonly [many: Side, often: Side]> => {
  const sideOn = async (name: string, house: House, question: () => string): Promise<Side> => ({
    name,
    house,
    server: await serve('product', {}, environmentOf(house)),
    question,
  });
  const seeded = await houseOf(CUSTOMERS);
  const remappedOften = await histories();
  // Everything was recorded before, in this run or an earlier one.
  const now = Date.now();
  const lately = (): Instant => instantOf(now - Math.floor(Math.random() * 1_000));
  const anyone = (): string => customerId(Math.floor(Math.random() * CUSTOMERS));
  return [
    await sideOn(`${written(CUSTOMERS)} customers`, seeded, () => asOf(anyone(), anywhere(), lately())),
    await sideOn(`a customer with ${written(MANY)} versions`, remappedOften, () =>
      asOf(remapped(MANY), anywhere(), anywhere()),
    ),
  ];
};

const asOf = (customer: string, at: Instant, knownAt: Instant): string =>
  `/v1/lookup?customerId=${customer}&at=${at}&knownAt=${knownAt}`;

const measure = ({ name, house, server, question }: Side, peer: Served): Promise<BenchRow[]> => {
  const requests = (headers: Request['headers']) => (): Request[] =>
    Array.from({ length: ASKED }, () => ({ method: 'GET', path: question(), headers }));
  return loadInTurns(
    `as-of lookup over HTTP, ${name}, beside PostgreSQL`,
    { server, requests: requests(authorized(house)) },
    { server: peer, requests: requests({}) },
    { requestsPerSecond: '≥ 2 ×' },
    5,
  );
};

/** @throws unless both answer alike: a peer that says something else does not do the same work */
const compare = async (side: Side, peer: Served): Promise<void> => {
  for (let count = 0; count < COMPARED; count++) {
    const path = side.question();
    deepStrictEqual(await json(peer.url + path), await answerOf(side, path));
  }
};

/** The processor time of the peer is that of its HTTP server and of PostgreSQL with its backends. */
const peerOn = async (postgres: Postgres, peers: string): Promise<Served> => {
  const server = await serve('postgres', { port: postgres.port, peers });
  return { ...server, cpu: async () => (await server.cpu()) + (await postgres.cpu()) };
};

/** Customers of a tier are answered alike but for their own identifiers. */
const rowsOfMany = async (side: Side): Promise<BitemporalRow[]> => {
  const firsts = await Promise.all(
    TIERS.map((_, place) => answerOf(side, asOf(customerId(place), FIRST, instantOf(Date.now())))),
  );
  return Array.from({ length: CUSTOMERS }, (_, number) => {
    const customer = customerId(number);
    const place = number % TIERS.length;
    const answer = withoutInstants(firsts[place]!).replaceAll(customerId(place), customer);
    return { customer, effective: [FIRST], recorded: [FIRST], answer };
  });
};

/** Its versions are of the mapping, which the explanation names. */
const rowsOfOften = async (side: Side): Promise<Iterable<BitemporalRow>> => {
  const customer = remapped(MANY);
  const first = withoutInstants(await answerOf(side, asOf(customer, FIRST, FIRST)));
  const versions = Array.from({ length: MANY }, (_, place) => ({
    from: instantOfVersion(place + 1, MANY),
    answer: first.replace(`tier ${STEADY} (version 1)`, `tier ${STEADY} (version ${place + 1})`),
  }));
  return bitemporalRows(customer, versions);
};

/** The text of an answer as a row holds it: open, for `at` and `knownAt` to follow. */
const withoutInstants = ({ at: _at, knownAt: _knownAt, ...rest }: Answer): string =>
  JSON.stringify(rest).slice(0, -1);

type Answer = Readonly<Record<string, unknown>>;

const answerOf = ({ server, house }: Side, path: string): Promise<Answer> =>
  json(server.url + path, authorized(house));

const json = async (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  (await (await fetch(url, { headers })).json()) as Answer;

const authorized = ({ key }: House): Record<string, string> => ({ authorization: `Bearer ${key}` });
