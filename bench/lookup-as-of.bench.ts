import type { Append } from '../src/application/ports/event-store.js';
import { Clock } from '../src/application/ports/clock.js';
import { instantOf } from '../src/domain/shared/instant.js';
import type { BenchRow } from './bench-row.js';
import { contractVersion, mappingVersion, tierVersion } from './support/events.js';
import { appendAll, builtHouse, environmentOf } from './support/house.js';
import { loadInTurns, type Request } from './support/load.js';
import { serve } from './support/served.js';

const MANY = 10_000;
const FEW = 10;
const ASKED = 1_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const SPAN_MS = 300 * 24 * 3_600_000;

/** Goes on a little with every look, so that versions are recorded over a span and not all at once. */
class SteppingClock extends Clock {
  private looks = 0;

  now(): string {
    return instantOf(START + Math.floor((this.looks++ * SPAN_MS) / (4 * MANY)));
  }
}

/** A customer of a tier that was changed so many times. */
const changedOften = function* (versions: number): Generator<Append> {
  const id = `C-${versions}`;
  const tier = `tier-${versions}`;
  yield contractVersion(id, tier);
  yield mappingVersion(id, tier);
  for (let number = 1; number <= versions; number++) {
    const effectiveFrom = instantOf(START + Math.floor(((number - 1) * SPAN_MS) / versions));
    yield tierVersion(tier, versions === MANY ? 1 : 2, number, effectiveFrom);
  }
};

/** Both axes, anywhere in the span: what a long history adds to a question about the past. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await builtHouse(
    'history',
    async (core) => {
      for (const versions of [FEW, MANY]) await appendAll(core, changedOften(versions));
    },
    { clock: new SteppingClock() },
  );
  const server = await serve('product', {}, environmentOf(house));
  const headers = { authorization: `Bearer ${house.key}` };
  const anywhere = (): string => instantOf(START + Math.floor(Math.random() * SPAN_MS));
  const requests = (versions: number) => (): Request[] =>
    Array.from({ length: ASKED }, () => ({
      method: 'GET',
      path: `/v1/lookup?customerId=C-${versions}&at=${anywhere()}&knownAt=${anywhere()}`,
      headers,
    }));
  const rows = await loadInTurns(
    `as-of lookup over HTTP, a tier with ${MANY.toLocaleString('en-US')} versions beside one with ${FEW}`,
    { server, requests: requests(MANY) },
    { server, requests: requests(FEW) },
    // 1.3 × the cost is 0.77 × the throughput.
    { requestsPerSecond: '≥ 0.77 ×', p99: '≤ 1.3 ×' },
    5,
  );
  await server.stop();
  return rows;
};
