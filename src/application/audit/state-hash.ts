import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/shared/canonical-json.js';
import type { ReplayedState } from '../ports/state-replay.js';

const PAGE = 500;
const POSITION = /\d{20}/g;

/**
 * SHA-256, hex, over all documents of an organization in key order. The same history gives the same hash in every store
 * and beside whatever other organizations: a position counts as the number of the organization's event that lies there.
 */
export const stateHash = async (state: ReplayedState, orgId: string): Promise<string> => {
  const hash = createHash('sha256');
  const settled = (text: string): string =>
    text.replace(POSITION, (position) => {
      const ordinal = state.ordinalOf(BigInt(position));
      return ordinal === undefined ? position : `#${String(ordinal).padStart(19, '0')}`;
    });
  for (const model of state.models.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    for (let after: string | undefined; ;) {
      const page = await state.reads.scan(model, {
        prefix: `${orgId}/`,
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      for (const { key, document } of page)
        hash.update(`${model.name}\n${settled(key)}\n${settled(canonicalJson(document))}\n`);
      if (page.length < PAGE) break;
      after = page.at(-1)!.key;
    }
  return hash.digest('hex');
};
