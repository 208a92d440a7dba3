import { type ReadModel, ReadStoreError } from '../../../application/ports/read-store.js';
import { noRebuild } from './mongodb-errors.js';
import type { StoredDocument } from './stored-document.js';

/** One generation of a read model, and how far it reflects the log. */
export interface GenerationRow {
  readonly number: number;
  readonly checkpoint: bigint | null;
}

/** A commit on its way: what shall follow the checkpoint `from`. */
export interface Proposal {
  readonly number: number;
  readonly from: bigint | null;
  readonly to: bigint;
  readonly written: readonly StoredDocument[];
}

/** A proposal as it was inserted; another one of the same content has another id. */
export interface Entry extends Proposal {
  readonly id: string;
}

/** The steps of a commit. Each is atomic by itself; nothing makes two of them one. */
export interface CommitSteps {
  /** Null for a rebuild that nobody has begun. */
  row(): Promise<GenerationRow | null>;
  /** Null when something else follows that checkpoint already. */
  propose(proposal: Proposal): Promise<Entry | null>;
  /** What is proposed to follow the row's checkpoint. */
  following(row: GenerationRow): Promise<Entry | null>;
  /** Documents that are newer than what is stored; also for a second time, and for ever after. */
  apply(entry: Entry): Promise<void>;
  /** From `from` to `to`, unless the row is elsewhere by now; says whether it was there. */
  advance(entry: Entry): Promise<boolean>;
  forget(entry: Entry): Promise<void>;
}

/** Asked before every further look whether to wait a little longer for somebody else's commit to be finished. */
export type Patience = (waited: number) => Promise<boolean>;

/**
 * Documents and checkpoint as one, without transactions. A commit is first proposed, whole, under a key made of the checkpoint
 * it follows: a key can be inserted once, so of many writers one gets its commit decided. Then documents and checkpoint
 * are brought to it, by whoever comes: each of these steps does no harm when repeated, interrupted or late. Thus documents are ahead of a
 * checkpoint only while that checkpoint has a proposal, and then nothing else can be committed on it.
 */
export class StagedCommit {
  /** True while nobody is known to have left a commit half done. */
  #settled = false;
  #known: GenerationRow | null = null;

  constructor(
    private readonly model: ReadModel<never>,
    private readonly steps: CommitSteps,
    private readonly patience: Patience,
  ) {}

  /** Others may have been at work since the last commit: the next {@link settle} looks. */
  doubt(): void {
    this.#settled = false;
  }

  /** @returns the generation that was written. @throws ReadStoreError FENCED when the checkpoint has moved */
  async commit(from: bigint | null, to: bigint, written: readonly StoredDocument[]): Promise<GenerationRow> {
    const base = this.#known?.checkpoint === from ? this.#known : await this.#row();
    this.#settled = false;
    this.#known = null;
    if (base.checkpoint !== from) throw this.#fenced(from, base.checkpoint);
    const entry = await this.steps.propose({ number: base.number, from, to, written });
    if (!entry) {
      await this.settle();
      throw this.#fenced(from, (await this.#row()).checkpoint);
    }
    // The key may have been free only because that checkpoint is long past.
    const now = await this.#row();
    if (now.number !== base.number || now.checkpoint !== from) {
      await this.steps.forget(entry);
      throw this.#fenced(from, now.checkpoint);
    }
    if (!(await this.#finish(entry))) throw this.#fenced(from, null);
    this.#settled = true;
    this.#known = { number: base.number, checkpoint: to };
    return this.#known;
  }

  /**
   * Finishes what somebody, this process or one that died, has left half done; a writer at work gets some time to do so itself.
   *
   * @throws ReadStoreError FENCED when the checkpoint has moved meanwhile: what the caller knows is out of date
   */
  async settle(): Promise<void> {
    if (this.#settled) return;
    const began = await this.#row();
    for (let row = began, waited = 0; ; waited++) {
      const entry = await this.steps.following(row);
      const again = await this.#row();
      if (!entry && same(row, again)) {
        this.#settled = true;
        if (!same(row, began)) throw this.#fenced(began.checkpoint, row.checkpoint);
        return;
      }
      if (entry && same(row, again) && !(await this.patience(waited))) await this.#finish(entry);
      row = await this.#row();
    }
  }

  /**
   * What `read` gives while nobody writes: documents are ahead of a checkpoint that has a proposal. For readers; it
   * takes no part in what this process writes.
   */
  async still<T>(
    read: (row: GenerationRow) => Promise<T>,
  ): Promise<{ readonly row: GenerationRow; readonly read: T }> {
    for (let waited = 0; ; waited++) {
      const row = await this.#row();
      const given = await read(row);
      // Forgotten only after the checkpoint has moved: a commit that wrote while we read shows in one of the two.
      const entry = await this.steps.following(row);
      if (!entry && same(row, await this.#row())) return { row, read: given };
      if (entry && !(await this.patience(waited))) await this.#finish(entry);
    }
  }

  async #finish(entry: Entry): Promise<boolean> {
    await this.steps.apply(entry);
    const advanced = await this.steps.advance(entry);
    await this.steps.forget(entry);
    if (advanced) return true;
    // Somebody else has finished it, and may even have gone on from there; or the generation was switched away.
    const { number, checkpoint } = await this.#row();
    return number === entry.number && checkpoint !== null && checkpoint >= entry.to;
  }

  async #row(): Promise<GenerationRow> {
    const row = await this.steps.row();
    if (!row) throw noRebuild(this.model);
    return row;
  }

  #fenced(expected: bigint | null, found: bigint | null): ReadStoreError {
    return new ReadStoreError(
      'FENCED',
      `Read model ${this.model.name} is at ${found ?? 'its beginning'}, not at ${expected ?? 'its beginning'}: another projector has moved it.`,
    );
  }
}

const same = (a: GenerationRow, b: GenerationRow): boolean =>
  a.number === b.number && a.checkpoint === b.checkpoint;
