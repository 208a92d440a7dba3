import type { BenchRow } from './bench-row.js';
import { customerId, environmentOf, houseOf } from './support/house.js';
import { inTurns } from './support/rounds.js';
import { serve } from './support/served.js';

const CUSTOMERS = 100_000;

/** From the start of the process to the first answer, in seconds. */
const secondsToAnswer = async (
  name: string,
  environment: NodeJS.ProcessEnv,
  ask: (url: string) => Promise<Response>,
): Promise<number> => {
  const start = performance.now();
  const server = await serve(name, {}, environment);
  const answer = await ask(server.url);
  const text = await answer.text();
  const seconds = (performance.now() - start) / 1_000;
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
  await server.stop();
  return seconds;
};

/** The everyday start, read models caught up with the log, beside NestJS and Apollo with nothing to do. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await houseOf(CUSTOMERS);
  const headers = { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' };
  const lookup = (url: string): Promise<Response> =>
    fetch(`${url}/v1/lookup?customerId=${customerId(7)}`, { headers });
  const hello = (url: string): Promise<Response> =>
    fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: '{ hello }' }) });
  const figures = await inTurns(
    () => secondsToAnswer('product', environmentOf(house), lookup),
    () => secondsToAnswer('nest-apollo', {}, hello),
  );
  return [
    {
      name: `start to first answer, ${house.events.toLocaleString('en-US')} events in the log, beside bare NestJS and Apollo`,
      unit: 's',
      goal: '≤ 1.5 ×',
      ...figures,
    },
  ];
};
