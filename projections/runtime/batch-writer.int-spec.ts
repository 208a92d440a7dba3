import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../../src/domain/events.js';
import {
  type Commit,
  type Found,
  type Generation,
  type ReadModel,
  ReadStoreError,
} from '../../src/application/ports/read-store.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { personAdded, TALLY, type Tally, tallyProjection } from '../../test/support/tally.projection.js';
import { BatchWriter } from './batch-writer.js';

type Death = 'none' | 'before' | 'after';

/** Dies around commits as told: before one, or between one and its acknowledgement. */
class DyingReadStore extends SqliteReadStore {
  deaths: Death[] = [];

  override async commit<D extends object>(
    model: ReadModel<D>,
    commit: Commit<D>,
    generation?: Generation,
  ): Promise<void> {
    const death = this.deaths.shift() ?? 'none';
    if (death === 'before') throw killed();
    await super.commit(model, commit, generation);
    if (death === 'after') throw killed();
  }
}

const killed = (): ReadStoreError => new ReadStoreError('UNAVAILABLE', 'Killed.');

const eventAt = (person: string, name: string, at: number): RecordedEvent => {
  const { stream, events } = personAdded(person, name);
  const position = BigInt(at + 1);
  return {
    ...events[0]!,
    stream,
    position,
    revision: position - 1n,
    recordedAt: '2026-01-01T00:00:00.000Z',
  } as RecordedEvent;
};

const logs = fc
  .array(fc.tuple(fc.constantFrom('ada', 'bob', 'cy'), fc.constantFrom('here', 'here', 'here', 'gone')), {
    minLength: 1,
    maxLength: 40,
  })
  .map((entries) => entries.map(([person, name], at) => eventAt(person, name, at)));

let folder: string;
let store: DyingReadStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-writer-'));
  store = new DyingReadStore(join(folder, 'read.db'));
  await store.prepare([TALLY]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const fresh = async (): Promise<BatchWriter<Tally>> => {
  const writer = new BatchWriter({
    store,
    projection: tallyProjection,
    generation: 'live',
    skipped: new Set(),
    budgetMs: 15,
  });
  await writer.reload();
  return writer;
};

/** Folds the log in batches of the given sizes; after every death a new process goes on from the checkpoint. */
const folded = async (
  log: readonly RecordedEvent[],
  sizes: readonly number[],
  deaths: readonly Death[],
): Promise<Found<Tally>[]> => {
  await store.beginRebuild(TALLY);
  await store.switchRebuild(TALLY);
  store.deaths = [...deaths];
  for (let writer = await fresh(), round = 0; Number(writer.checkpoint ?? 0n) < log.length; round++) {
    const from = Number(writer.checkpoint ?? 0n);
    const size = sizes[round % sizes.length] ?? log.length;
    try {
      await writer.write(log.slice(from, from + size), () => undefined);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'UNAVAILABLE' });
      writer = await fresh();
    }
  }
  return store.scan(TALLY, { limit: 1_000 });
};

describe('bringing events into a read model', () => {
  it('gives the same documents whatever the batches, and wherever a process dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom<Death>('none', 'before', 'after'), { maxLength: 8 }),
        async (log, sizes, deaths) => {
          const oneByOne = await folded(log, [1], []);
          expect(await folded(log, sizes, deaths)).toStrictEqual(oneByOne);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('commits everything in front of a poison event and names it', async () => {
    const log = [
      eventAt('ada', 'here', 0),
      eventAt('bob', 'here', 1),
      eventAt('cy', 'poison', 2),
      eventAt('ada', 'here', 3),
    ];
    const writer = await fresh();
    await expect(writer.write(log, () => undefined)).rejects.toMatchObject({
      name: 'PoisonEventError',
      position: 3n,
    });
    expect(await store.checkpoint(TALLY)).toBe(2n);
    expect((await store.load(TALLY, ['ada', 'bob'])).size).toBe(2);
  });

  it('says when somebody else has moved the checkpoint', async () => {
    const [mine, other] = [await fresh(), await fresh()];
    const log = [eventAt('ada', 'here', 0)];
    await other.write(log, () => undefined);
    await expect(mine.write(log, () => undefined)).rejects.toMatchObject({ kind: 'FENCED' });
  });

  it('takes no event for poison that makes no sense because somebody else has gone on', async () => {
    const [mine, other] = [await fresh(), await fresh()];
    await other.write([eventAt('ada', 'here', 0)], () => undefined);
    const write = mine.write([eventAt('ada', 'poison', 0)], () => undefined);
    await expect(write).rejects.toMatchObject({ kind: 'FENCED' });
  });

  it('moves the checkpoint alone, and never back', async () => {
    const writer = await fresh();
    await writer.advance(5n);
    await writer.advance(4n);
    expect(await store.checkpoint(TALLY)).toBe(5n);
  });
});
