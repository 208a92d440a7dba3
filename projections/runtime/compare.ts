import type { Found, ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import { canonicalJson } from './canonical-json.js';
import type { Replay } from './replay.js';

/** A document that is not what the log says it should be; null: there is none. */
export interface Difference {
  readonly key: string;
  readonly live: object | null;
  readonly rebuilt: object | null;
}

const PAGE = 500;

/**
 * Replays the log beside the live documents and gives those that differ, in key order; nothing is switched.
 * The live read model may go on meanwhile: what seems to differ is looked at again with both at one checkpoint.
 * Holds a page of documents in memory at a time.
 */
export async function* compare<D extends object>(
  store: ReadStore,
  model: ReadModel<D>,
  replay: Replay<D>,
): AsyncGenerator<Difference> {
  await replay.begin();
  await replay.upTo((await store.checkpoint(model)) ?? 0n);
  for (let after: string | undefined; ;) {
    const options = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const live = await store.scan(model, options);
    const rebuilt = await store.scan(model, options, 'rebuild');
    const end = lookedThrough(live, rebuilt);
    const suspects = differing(until(live, end), until(rebuilt, end));
    if (suspects.length > 0) yield* await settled(store, model, replay, suspects);
    if (end === undefined) return;
    after = end;
  }
}

/** How far both pages go; undefined: both to the end. */
const lookedThrough = (...pages: readonly (readonly Found<object>[])[]): string | undefined =>
  pages
    .filter(({ length }) => length === PAGE)
    .map((page) => page.at(-1)!.key)
    .sort(byCodePoint)[0];

const until = (page: readonly Found<object>[], end: string | undefined): readonly Found<object>[] =>
  end === undefined ? page : page.filter(({ key }) => byCodePoint(key, end) <= 0);

/** The order of keys in every store. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const differing = (live: readonly Found<object>[], rebuilt: readonly Found<object>[]): string[] => {
  const documents = new Map(rebuilt.map(({ key, document }) => [key, document]));
  const suspects = new Set<string>();
  for (const { key, document } of live) {
    const other = documents.get(key);
    if (!other || canonicalJson(document) !== canonicalJson(other)) suspects.add(key);
    documents.delete(key);
  }
  return [...suspects, ...documents.keys()].sort(byCodePoint);
};

/** Both sides as of the live one's checkpoint: the replay goes on up to there. */
const settled = async <D extends object>(
  store: ReadStore,
  model: ReadModel<D>,
  replay: Replay<D>,
  keys: readonly string[],
): Promise<Difference[]> => {
  const { checkpoint, documents: live } = await store.snapshot(model, keys);
  await replay.upTo(checkpoint ?? 0n);
  const rebuilt = await store.load(model, keys, 'rebuild');
  return keys
    .map((key) => ({ key, live: live.get(key) ?? null, rebuilt: rebuilt.get(key) ?? null }))
    .filter((difference) => canonicalJson(difference.live) !== canonicalJson(difference.rebuilt));
};
