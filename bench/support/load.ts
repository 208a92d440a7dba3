import autocannon from 'autocannon';
import type { BenchRow } from '../bench-row.js';
import { ROUNDS } from './rounds.js';
import type { Served } from './served.js';

const CONNECTIONS = 16;
const SECONDS = 2;

export type Request = Pick<autocannon.Request, 'method' | 'path' | 'headers' | 'body'>;

/** Where load goes; `requests` makes those of one connection, anew for every round. */
export interface Target {
  readonly server: Served;
  readonly requests: () => Request[];
}

/** What one round of load came to. */
export interface Load {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Of the server's processor time, in microseconds. */
  readonly cpuPerRequest: number;
}

/** @throws when an answer is anything but a success */
export const load = ({ server, requests }: Target, seconds = SECONDS): Promise<Load> =>
  measured(server, {
    duration: seconds,
    // Each connection asks in an order of its own; in step, the second would find what the first has warmed.
    setupClient: (client) => client.setRequests(requests()),
  });

/** Every request once. @throws when an answer is anything but a success */
export const loadOnce = (server: Served, requests: readonly Request[]): Promise<Load> => {
  const share = Math.ceil(requests.length / CONNECTIONS);
  let next = 0;
  return measured(server, {
    amount: requests.length,
    setupClient: (client) => client.setRequests(requests.slice(next, (next += share))),
  });
};

const measured = async (
  server: Served,
  options: Pick<autocannon.Options, 'duration' | 'amount' | 'setupClient'>,
): Promise<Load> => {
  const cpuBefore = await server.cpu();
  const started = performance.now();
  const { result, times } = await fire({ url: server.url, connections: CONNECTIONS, ...options });
  const took = (performance.now() - started) / 1_000;
  const { non2xx, errors } = result;
  const answered = result['2xx'];
  if (non2xx > 0 || errors > 0 || answered === 0)
    throw new Error(`${server.url}: ${answered} good answers, ${non2xx} others, ${errors} errors.`);
  const cpu = (await server.cpu()) - cpuBefore;
  return {
    requestsPerSecond: answered / took,
    p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN,
    cpuPerRequest: cpu / answered,
  };
};

/** With the time of every answer in milliseconds: the histogram of the result knows whole ones only. */
const fire = (
  options: autocannon.Options,
): Promise<{ readonly result: autocannon.Result; readonly times: number[] }> =>
  new Promise((resolve, reject) => {
    const times: number[] = [];
    const run = autocannon(options, (error: Error | null, result) =>
      error ? reject(error) : resolve({ result, times }),
    );
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });

export interface Goals {
  readonly requestsPerSecond: string;
  readonly p99?: string;
}

/** Two servers under the same load in turns: requests a second, CPU per request, and the slowest percent. */
export const loadInTurns = async (
  name: string,
  ours: Target,
  peer: Target,
  goals: Goals,
  warmUp = 3,
): Promise<BenchRow[]> => {
  const loads: [Load[], Load[]] = [[], []];
  const targets = [ours, peer] as const;
  for (const target of targets) await load(target, warmUp);
  for (let round = 0; round < ROUNDS; round++)
    for (const side of round % 2 ? ([1, 0] as const) : ([0, 1] as const))
      loads[side].push(await load(targets[side]));
  const row = (what: string, unit: string, goal: string, figure: (one: Load) => number): BenchRow => ({
    name: `${name}: ${what}`,
    unit,
    goal,
    ours: loads[0].map(figure),
    peer: loads[1].map(figure),
  });
  return [
    row('throughput', 'requests/s', goals.requestsPerSecond, ({ requestsPerSecond }) => requestsPerSecond),
    row('p99', 'ms', goals.p99 ?? 'for comparison', ({ p99 }) => p99),
    row('CPU', 'µs/request', 'for comparison', ({ cpuPerRequest }) => cpuPerRequest),
  ];
};
