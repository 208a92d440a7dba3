import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  ReadStoreError,
  type Commit,
  type Generation,
  type ReadModel,
} from '../../src/application/ports/read-store.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { personAdded, TALLY, tallyProjection } from '../../test/support/tally.projection.js';
import { Replay } from './replay.js';

/** Commits, and then is away before it can say so. */
class SilentStore extends SqliteReadStore {
  silences = 1;

  override async commit<D extends object>(
    model: ReadModel<D>,
    commit: Commit<D>,
    generation?: Generation,
  ): Promise<void> {
    await super.commit(model, commit, generation);
    if (this.silences-- > 0) throw new ReadStoreError('UNAVAILABLE', 'No answer.');
  }
}

let folder: string;
let store: SilentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  store = new SilentStore(join(folder, 'read.db'));
  await store.prepare([TALLY]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

it('goes on from what the store has when the answer to a commit was lost', async () => {
  const events = new InMemoryEventStore();
  for (const person of ['ada', 'bob', 'ada']) await events.append(personAdded(person));
  const replay = new Replay({ events, store, projection: tallyProjection, skipped: new Set() });
  await replay.begin();
  await replay.upTo(3n);
  expect(replay.position).toBe(3n);
  await store.switchRebuild(TALLY);
  expect(await store.get(TALLY, 'ada')).toMatchObject({ count: 2, positions: ['1', '3'] });
});
