import { canonicalJson } from '../../domain/shared/canonical-json.js';
import type { ReadModel, ReadStore } from '../ports/read-store.js';
import type { ReplayedState } from '../ports/state-replay.js';
import type { ReplayDifference } from '../queries/views.js';

const PAGE = 500;
/** More than anybody reads; the first of them say enough. */
const MOST = 1_000;

/**
 * Documents that are served and are not what the log makes of them. The served ones may go on meanwhile: what seems to
 * differ is looked at again with both as of the same position.
 */
export const differencesOf = async (
  served: ReadStore,
  replayed: ReplayedState,
  orgId: string,
): Promise<readonly ReplayDifference[]> => {
  const differences: ReplayDifference[] = [];
  for (const model of replayed.models) {
    const suspects = await suspectsOf(served, replayed.reads, model, orgId);
    for (let from = 0; from < suspects.length && differences.length < MOST; from += PAGE)
      differences.push(...(await settled(served, replayed, model, suspects.slice(from, from + PAGE))));
  }
  return differences.slice(0, MOST);
};

const suspectsOf = async (
  served: ReadStore,
  replayed: ReadStore,
  model: ReadModel<object>,
  orgId: string,
): Promise<readonly string[]> => {
  const suspects = new Set<string>();
  // Each side is walked through in pages of its own and looked up in the other: no need to keep two cursors in step.
  for (const [side, other] of [
    [served, replayed],
    [replayed, served],
  ] as const)
    for (let after: string | undefined; suspects.size < MOST;) {
      const page = await side.scan(model, {
        prefix: `${orgId}/`,
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const others = await other.load(
        model,
        page.map(({ key }) => key),
      );
      for (const { key, document } of page) if (!same(document, others.get(key))) suspects.add(key);
      if (page.length < PAGE) break;
      after = page.at(-1)!.key;
    }
  return [...suspects];
};

const settled = async (
  served: ReadStore,
  replayed: ReplayedState,
  model: ReadModel<object>,
  keys: readonly string[],
): Promise<readonly ReplayDifference[]> => {
  for (;;) {
    const checkpoint = (await served.checkpoint(model)) ?? 0n;
    await replayed.upTo(checkpoint);
    const live = await served.load(model, keys);
    if (((await served.checkpoint(model)) ?? 0n) !== checkpoint) continue;
    const rebuilt = await replayed.reads.load(model, keys);
    return keys
      .filter((key) => !same(live.get(key), rebuilt.get(key)))
      .map((id) => ({
        readModel: model.name,
        id,
        served: live.get(id) ?? null,
        replayed: rebuilt.get(id) ?? null,
      }));
  }
};

const same = (a: object | undefined, b: object | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);
