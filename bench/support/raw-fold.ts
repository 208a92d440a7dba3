import { ALL_PROJECTIONS } from '../../projections/all.js';
import { fold, touchedKeys } from '../../projections/runtime/fold.js';
import type { Projection } from '../../projections/runtime/projection.js';
import type { Write } from '../../src/application/ports/read-store.js';
import type { RecordedEvent } from '../../src/domain/events.js';

/** Documents by read model and key, wherever they are. */
export interface RawDocuments {
  load(model: string, keys: readonly string[]): Promise<Map<string, object>> | Map<string, object>;
  write(model: string, writes: readonly Write<object>[]): Promise<void> | void;
}

const PROJECTIONS = ALL_PROJECTIONS as unknown as readonly Projection<object>[];

/** One batch into all read models: loaded, folded, written; nothing checked, guarded or remembered. */
export const foldRaw = async (events: readonly RecordedEvent[], documents: RawDocuments): Promise<void> => {
  for (const projection of PROJECTIONS) {
    const wanted = events.filter(({ type }) => projection.types.includes(type));
    if (wanted.length === 0) continue;
    const { name } = projection.model;
    const before = await documents.load(name, touchedKeys(projection, wanted));
    await documents.write(name, fold(projection, wanted, before));
  }
};
