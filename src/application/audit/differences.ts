import { setTimeout } from 'node:timers/promises';
import { canonicalJson } from '../../domain/shared/canonical-json.js';
import type { Freshness } from '../ports/freshness.js';
import type { ReadModel, ReadStore } from '../ports/read-store.js';
import type { ReplayedState } from '../ports/state-replay.js';
import type { ReplayDifference } from '../queries/views.js';

export interface Compared {
  readonly served: ReadStore;
  /** Of what is served. */
  readonly freshness: Freshness;
  readonly replayed: ReplayedState;
}

const PAGE = 500;
/** Between two looks at a read model that is being written, in milliseconds. */
const PAUSE_MS = 10;
/** More than anybody reads; the first of them say enough. */
const MOST = 1_000;

/**
 * Documents that are served and are not what the log makes of them. The served ones may go on meanwhile: what seems to
 * differ is looked at again with both as of the same position.
 */
export const differencesOf = async (
  compared: Compared,
  orgId: string,
): Promise<readonly ReplayDifference[]> => {
  const { served, replayed } = compared;
  const differences: ReplayDifference[] = [];
  for (const model of replayed.models) {
    const suspects = await suspectsOf(served, replayed.reads, model, orgId);
    for (let from = 0; from < suspects.length && differences.length < MOST; from += PAGE)
      differences.push(...(await settled(compared, model, suspects.slice(from, from + PAGE))));
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
      const others = await other.peek(
        model,
        page.map(({ key }) => key),
      );
      for (const { key, document } of page) if (!same(document, others.get(key))) suspects.add(key);
      if (page.length < PAGE) break;
      after = page.at(-1)!.key;
    }
  return [...suspects];
};

/** Both sides as of the served one's checkpoint: the replay goes on up to there. */
const settled = async (
  { served, freshness, replayed }: Compared,
  model: ReadModel<object>,
  keys: readonly string[],
): Promise<readonly ReplayDifference[]> => {
  for (;;) {
    await freshness.atLeast(replayed.through, [model.name]);
    const { checkpoint, documents: live } = await served.snapshot(model, keys);
    // A checkpoint that is kept in memory may be ahead of the one that is stored.
    if ((checkpoint ?? 0n) < replayed.through) {
      await setTimeout(PAUSE_MS);
      continue;
    }
    await replayed.upTo(checkpoint ?? 0n);
    const rebuilt = await replayed.reads.peek(model, keys);
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
