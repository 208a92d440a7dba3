import { type Generation, type ReadModel, ReadStoreError } from '../../../application/ports/read-store.js';
import type { Connection } from './connection.js';
import { columnName, indexedFields, indexName, shapeOf, tableName } from './naming.js';

/** A row of the register: one generation of a read model, and how far it reflects the log. */
export interface GenerationRow {
  readonly number: number;
  readonly checkpoint: bigint | null;
}

const REGISTER = `CREATE TABLE IF NOT EXISTS generations (
  model TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('live', 'rebuild')), number INTEGER NOT NULL,
  version INTEGER NOT NULL, shape TEXT NOT NULL, checkpoint INTEGER, PRIMARY KEY (model, state)) WITHOUT ROWID`;

/** Which tables there are for which read models. Every method that writes must run in a transaction. */
export class Generations {
  constructor(private readonly connection: Connection) {}

  createRegister(): void {
    this.connection.execute(REGISTER);
  }

  /** Null for a rebuild that nobody has begun. @throws ReadStoreError NEWER_VERSION */
  find(model: ReadModel<never>, state: Generation): GenerationRow | null {
    const row = this.connection.row<[number, number, string | null]>(
      // As text: a position may be beyond what a JavaScript number holds exactly.
      'SELECT number, version, CAST(checkpoint AS TEXT) FROM generations WHERE model = ? AND state = ?',
      [model.name, state],
    );
    if (!row) return null;
    const [number, version, checkpoint] = row;
    if (version > model.version) throw newerVersion(model, version);
    return { number, checkpoint: checkpoint === null ? null : BigInt(checkpoint) };
  }

  /** The live generation of a read model as declared: made, or made anew where an older shape is stored. */
  prepare(model: ReadModel<never>): void {
    const live = this.find(model, 'live');
    const stored = this.connection.row<[number, string]>(
      "SELECT version, shape FROM generations WHERE model = ? AND state = 'live'",
      [model.name],
    );
    if (live && stored?.[0] === model.version && stored[1] === shapeOf(model)) return;
    const number = this.#next(model.name);
    this.drop(model, 'rebuild');
    this.drop(model, 'live');
    this.#create(model, 'live', number);
  }

  beginRebuild(model: ReadModel<never>): void {
    const number = this.#next(model.name);
    this.drop(model, 'rebuild');
    this.#create(model, 'rebuild', number);
  }

  /** Gives the checkpoint that is now the live one. @throws ReadStoreError FENCED when no rebuild is under way */
  switchRebuild(model: ReadModel<never>): bigint | null {
    const rebuilt = this.find(model, 'rebuild');
    if (!rebuilt) throw noRebuild(model);
    this.drop(model, 'live');
    this.connection.run("UPDATE generations SET state = 'live' WHERE model = ? AND state = 'rebuild'", [
      model.name,
    ]);
    return rebuilt.checkpoint;
  }

  moveCheckpoint(model: ReadModel<never>, state: Generation, checkpoint: bigint): void {
    this.connection.run('UPDATE generations SET checkpoint = ? WHERE model = ? AND state = ?', [
      checkpoint,
      model.name,
      state,
    ]);
  }

  /** Everything live reflects the log at least up to here. */
  lowestCheckpoint(): bigint {
    const row = this.connection.row<[string | null]>(
      "SELECT CAST(min(coalesce(checkpoint, 0)) AS TEXT) FROM generations WHERE state = 'live'",
    );
    return BigInt(row?.[0] ?? 0);
  }

  drop(model: ReadModel<never>, state: Generation): void {
    const number = this.#numberOf(model.name, state);
    if (number === null) return;
    this.connection.forget(tableName(model.name, number));
    this.connection.execute(`DROP TABLE ${tableName(model.name, number)}`);
    this.connection.run('DELETE FROM generations WHERE model = ? AND state = ?', [model.name, state]);
  }

  #numberOf(name: string, state: Generation): number | null {
    const row = this.connection.row<[number]>(
      'SELECT number FROM generations WHERE model = ? AND state = ?',
      [name, state],
    );
    return row?.[0] ?? null;
  }

  // Never a number that was in use: another process may still hold statements on that table.
  #next(name: string): number {
    const row = this.connection.row<[number]>(
      'SELECT coalesce(max(number), 0) + 1 FROM generations WHERE model = ?',
      [name],
    );
    return row?.[0] ?? 1;
  }

  #create(model: ReadModel<never>, state: Generation, number: number): void {
    const columns = indexedFields(model).map((field) => `, ${columnName(field)}`);
    const table = tableName(model.name, number);
    this.connection.execute(
      `CREATE TABLE ${table} (key TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL, doc TEXT NOT NULL${columns.join('')})`,
    );
    for (const [index, fields] of Object.entries<readonly string[]>(model.indexes)) {
      const places = fields.map(columnName);
      this.connection.execute(
        `CREATE INDEX ${indexName(model.name, number, index)} ON ${table} (${[...places, 'key'].join(', ')})
         WHERE ${places.map((place) => `${place} IS NOT NULL`).join(' AND ')}`,
      );
    }
    this.connection.run(
      'INSERT INTO generations (model, state, number, version, shape) VALUES (?, ?, ?, ?, ?)',
      [model.name, state, number, model.version, shapeOf(model)],
    );
  }
}

export const noRebuild = (model: ReadModel<never>): ReadStoreError =>
  new ReadStoreError(
    'FENCED',
    `No rebuild of ${model.name} is under way; it was switched, dropped or not begun.`,
  );

const newerVersion = (model: ReadModel<never>, stored: number): ReadStoreError =>
  new ReadStoreError(
    'NEWER_VERSION',
    `Read model ${model.name} is stored in version ${stored}, but this program knows version ${model.version}. ` +
      'Start the newer program, or remove the read store and let it be rebuilt from the log.',
  );
