import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { OrganizationReplay } from '../../projections/runtime/organization-replay.js';
import type { Projection } from '../../projections/runtime/projection.js';
import type { EventStore } from '../application/ports/event-store.js';
import { StateReplay, type ReplayedState } from '../application/ports/state-replay.js';

/** Replays into an embedded store in a temporary folder, whatever serves the read models: nothing of it is shared. */
export class ScratchReplay extends StateReplay {
  constructor(private readonly events: EventStore) {
    super();
  }

  override async begin(orgId: string): Promise<ReplayedState> {
    const { SqliteReadStore } = await import('../infrastructure/read-store/sqlite/sqlite-read-store.js');
    const folder = await mkdtemp(join(tmpdir(), 'sla-replay-'));
    const store = new SqliteReadStore(join(folder, 'state.db'));
    // Kept side by side without knowing what is in the documents; each is used with its own model alone.
    const projections = ALL_PROJECTIONS as unknown as readonly Projection<object>[];
    await store.prepare(projections.map(({ model }) => model));
    const dispose = async (): Promise<void> => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    };
    return new OrganizationReplay({ orgId, events: this.events, store, projections, dispose });
  }
}
