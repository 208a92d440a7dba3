import type { BenchRow } from './bench-row.js';
import { anywhere, FEW, histories, MANY, onTierOf, remapped } from './support/histories.js';
import { environmentOf } from './support/house.js';
import { loadInTurns, type Request } from './support/load.js';
import { serve } from './support/served.js';

const ASKED = 1_000;
const SUBJECTS = { tier: onTierOf, customer: remapped };

/** Both axes, anywhere in the span: what a long history of the tier or of the customer adds to a question about the past. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const house = await histories();
  const server = await serve('product', {}, environmentOf(house));
  const headers = { authorization: `Bearer ${house.key}` };
  const requests = (customerId: string) => (): Request[] =>
    Array.from({ length: ASKED }, () => ({
      method: 'GET',
      path: `/v1/lookup?customerId=${customerId}&at=${anywhere()}&knownAt=${anywhere()}`,
      headers,
    }));
  const rows: BenchRow[] = [];
  for (const [subject, customerOf] of Object.entries(SUBJECTS))
    rows.push(
      ...(await loadInTurns(
        `as-of lookup over HTTP, a ${subject} with ${MANY.toLocaleString('en-US')} versions beside one with ${FEW}`,
        { server, requests: requests(customerOf(MANY)) },
        { server, requests: requests(customerOf(FEW)) },
        // 1.3 × the cost is 0.77 × the throughput.
        { requestsPerSecond: '≥ 0.77 ×', p99: '≤ 1.3 ×' },
        5,
      )),
    );
  await server.stop();
  return rows;
};
