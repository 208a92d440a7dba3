import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ReadModel, ReadStoreError } from '../../../application/ports/read-store.js';
import { type CommitSteps, type Entry, type GenerationRow, StagedCommit } from './staged-commit.js';
import { positionText, type StoredDocument } from './stored-document.js';

const model: ReadModel<never> = { name: 'counted', version: 1, indexes: {} };

class Crash extends Error {}

/** The database: every step is atomic, and `between` is called around each. */
class Database {
  readonly documents = new Map<string, StoredDocument>();
  readonly #journal = new Map<string, Entry>();
  #row: GenerationRow = { number: 1, checkpoint: null };
  #entries = 0;

  steps(between: () => Promise<void>): CommitSteps {
    const step = async <T>(work: () => T): Promise<T> => {
      await between();
      const result = work();
      await between();
      return result;
    };
    return {
      row: () => step(() => this.#row),
      propose: (proposal) =>
        step(() => {
          const key = String(proposal.from);
          if (this.#journal.has(key)) return null;
          const entry = { ...proposal, id: String(++this.#entries) };
          this.#journal.set(key, entry);
          return entry;
        }),
      following: ({ checkpoint }) => step(() => this.#journal.get(String(checkpoint)) ?? null),
      apply: async ({ written }) => {
        for (const document of written) await step(() => this.#upsert(document));
      },
      advance: ({ from, to }) =>
        step(() => {
          if (this.#row.checkpoint !== from) return false;
          this.#row = { ...this.#row, checkpoint: to };
          return true;
        }),
      forget: ({ from, id }) =>
        step(() => {
          if (this.#journal.get(String(from))?.id === id) this.#journal.delete(String(from));
        }),
    };
  }

  get checkpoint(): bigint | null {
    return this.#row.checkpoint;
  }

  get pending(): number {
    return this.#journal.size;
  }

  #upsert(document: StoredDocument): void {
    if ((this.documents.get(document._id)?.position ?? '') <= document.position)
      this.documents.set(document._id, document);
  }
}

/** Event n at position n; folding one twice, or one too few, shows in the text. Some remove the document. */
interface LogEvent {
  readonly keys: readonly string[];
  readonly removes: boolean;
}

const event: fc.Arbitrary<LogEvent> = fc.record({
  keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
  removes: fc.nat(4).map((n) => n === 0),
});

const folded = (
  documents: ReadonlyMap<string, StoredDocument>,
  log: readonly LogEvent[],
  from: number,
  to: number,
): StoredDocument[] => {
  const writes = new Map<string, StoredDocument>();
  for (let at = from; at < to; at++)
    for (const _id of log[at]!.keys) {
      const before = (writes.get(_id) ?? documents.get(_id))?.body ?? '';
      const position = positionText(BigInt(at + 1));
      writes.set(_id, log[at]!.removes ? { _id, position } : { _id, position, body: `${before} ${at + 1}` });
    }
  return [...writes.values()];
};

const undisturbed = (log: readonly LogEvent[]): Map<string, StoredDocument> =>
  new Map(folded(new Map(), log, 0, log.length).map((document) => [document._id, document]));

interface Worker {
  readonly batch: number;
  readonly patient: boolean;
  /** No other is at work: then it never folds on documents that are ahead of its checkpoint. */
  readonly alone?: boolean;
}

/** One projector from wherever the checkpoint is to the end of the log. */
const follow = async (
  database: Database,
  log: readonly LogEvent[],
  { batch, patient, alone = false }: Worker,
  between: () => Promise<void>,
): Promise<void> => {
  const steps = database.steps(between);
  const commits = new StagedCommit(model, steps, async (waited) => patient && waited < 3);
  for (let checkpoint: bigint | null = null, fresh = true; ;) {
    try {
      if (fresh) checkpoint = (await steps.row())!.checkpoint;
      fresh = false;
      const from = Number(checkpoint ?? 0n);
      if (from >= log.length) return;
      await commits.settle();
      await between();
      const documents = new Map(database.documents);
      if (alone)
        for (const { position } of documents.values()) expect(BigInt(position)).toBeLessThanOrEqual(from);
      const to = Math.min(from + batch, log.length);
      await commits.commit(checkpoint, BigInt(to), folded(documents, log, from, to));
      checkpoint = BigInt(to);
    } catch (error) {
      if (!(error instanceof ReadStoreError)) throw error;
      fresh = true;
    }
  }
};

const unlessCrashed = async (run: Promise<void>): Promise<void> => {
  try {
    await run;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
};

describe('a staged commit', () => {
  const log: LogEvent[] = [
    { keys: ['a', 'b'], removes: false },
    { keys: ['a'], removes: false },
    { keys: ['b'], removes: true },
    { keys: ['a', 'c'], removes: false },
    { keys: ['b'], removes: false },
  ];

  it('survives a death between every pair of steps', async () => {
    for (let last = 0, died = true; died; last++) {
      const database = new Database();
      died = false;
      let taken = 0;
      const between = async (): Promise<void> => {
        died = taken++ === last;
        if (died) throw new Crash();
      };
      await unlessCrashed(follow(database, log, { batch: 2, patient: false }, between));
      await follow(database, log, { batch: 3, patient: true, alone: true }, async () => undefined);
      expect(database.documents).toEqual(undisturbed(log));
      expect(database.checkpoint).toBe(5n);
      // A death just before an entry is forgotten leaves it behind; it follows a checkpoint that is past.
      expect(database.pending).toBeLessThanOrEqual(1);
      if (!died) expect(last).toBeGreaterThan(40);
    }
  });

  it('gives what an undisturbed run gives, however projectors interleave, freeze and die', async () => {
    const workers = fc.array(
      fc.record({
        batch: fc.integer({ min: 1, max: 4 }),
        patient: fc.boolean(),
        lifetime: fc.integer({ min: 1, max: 80 }),
      }),
      { minLength: 2, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 8 }),
        workers,
        fc.scheduler(),
        async (events, mortals, scheduler) => {
          const database = new Database();
          const running = mortals.map((worker) => {
            let lifetime = worker.lifetime;
            const between = async (): Promise<void> => {
              await scheduler.schedule(Promise.resolve());
              if (lifetime-- === 0) throw new Crash();
            };
            return unlessCrashed(follow(database, events, worker, between));
          });
          await scheduler.waitFor(Promise.all(running));
          await follow(database, events, { batch: 3, patient: true, alone: true }, async () => undefined);
          expect(database.documents).toEqual(undisturbed(events));
          expect(database.checkpoint).toBe(BigInt(events.length));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shows a reader documents exactly as of a checkpoint, whoever writes, freezes and dies meanwhile', async () => {
    const mortal = fc.record({
      batch: fc.integer({ min: 1, max: 4 }),
      lifetime: fc.integer({ min: 1, max: 80 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 8 }),
        fc.array(mortal, { minLength: 1, maxLength: 3 }),
        fc.scheduler(),
        async (events, mortals, scheduler) => {
          const database = new Database();
          const turn = (): Promise<void> => scheduler.schedule(Promise.resolve());
          const writing = mortals.map(({ batch, lifetime }) => {
            let left = lifetime;
            const between = async (): Promise<void> => {
              await turn();
              if (left-- === 0) throw new Crash();
            };
            return unlessCrashed(follow(database, events, { batch, patient: true }, between));
          });
          const reader = new StagedCommit(model, database.steps(turn), async (waited) => waited < 3);
          const read = async (): Promise<void> => {
            for (let looks = 0; looks < 5; looks++) {
              const seen = await reader.still(async () => {
                // Key by key, as a server may answer.
                const documents = new Map<string, StoredDocument>();
                for (const key of ['a', 'b', 'c']) {
                  await turn();
                  const document = database.documents.get(key);
                  if (document) documents.set(key, document);
                }
                return documents;
              });
              expect(seen.read).toEqual(undisturbed(events.slice(0, Number(seen.row.checkpoint ?? 0n))));
            }
          };
          await scheduler.waitFor(Promise.all([...writing, read()]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses a checkpoint that has moved, and one that nobody has reached', async () => {
    const database = new Database();
    const steps = database.steps(async () => undefined);
    const commits = new StagedCommit(model, steps, async () => false);
    await commits.commit(null, 5n, []);
    for (const from of [null, 4n, 6n])
      await expect(commits.commit(from, 7n, [])).rejects.toMatchObject({ kind: 'FENCED' });
    expect(database.checkpoint).toBe(5n);
    expect(database.pending).toBe(0);
  });
});
