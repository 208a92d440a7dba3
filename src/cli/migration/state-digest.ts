import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_PROJECTIONS } from '../../../projections/all.js';
import { canonicalJson } from '../../../projections/runtime/canonical-json.js';
import { foldingInto } from '../../../projections/runtime/folding.js';
import type { Projection } from '../../../projections/runtime/projection.js';
import type { EventStore } from '../../application/ports/event-store.js';
import type { ReadModel, ReadStore } from '../../application/ports/read-store.js';
import type { RecordedEvent } from '../../domain/events.js';
import { SqliteReadStore } from '../../infrastructure/read-store/sqlite/sqlite-read-store.js';

const PAGE = 500;
/** Nobody waits for this process meanwhile; long batches need fewer commits. */
const BUDGET_MS = 40;

/**
 * SHA-256, hex, of every document of every read model, folded from a log up to a position into a store of its own that
 * is gone afterwards. Events are numbered from 1 in the order of the log, as the embedded log numbers them, because
 * positions are in documents and in their keys, and every store has others: so equal histories give equal hashes in any.
 *
 * @throws PoisonEventError, EventStoreError, UnreadableEventError
 */
export const stateDigest = async (
  events: EventStore,
  upTo: bigint | undefined,
  onProgress: (events: number) => void,
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-digest-'));
  const store = new SqliteReadStore(join(folder, 'state.db'));
  // Kept side by side without knowing what is in the documents; each is used with its own model alone.
  const projections = ALL_PROJECTIONS as unknown as readonly Projection<object>[];
  try {
    await store.prepare(projections.map(({ model }) => model));
    await foldingInto(store, projections, BUDGET_MS)(numbered(events, upTo, onProgress));
    return await digest(
      store,
      projections.map(({ model }) => model),
    );
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
};

async function* numbered(
  events: EventStore,
  upTo: bigint | undefined,
  onProgress: (events: number) => void,
): AsyncGenerator<RecordedEvent> {
  let ordinal = 0n;
  for await (const event of events.readAll(upTo === undefined ? {} : { upTo })) {
    yield { ...event, position: ++ordinal };
    if (ordinal % BigInt(PAGE) === 0n) onProgress(Number(ordinal));
  }
}

const digest = async (store: ReadStore, models: readonly ReadModel<object>[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const model of models.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    for (let after: string | undefined; ;) {
      const page = await store.scan(model, { limit: PAGE, ...(after !== undefined && { after }) });
      for (const { key, document } of page)
        hash.update(`${model.name}\n${key}\n${canonicalJson(document)}\n`);
      if (page.length < PAGE) break;
      after = page.at(-1)!.key;
    }
  return hash.digest('hex');
};
