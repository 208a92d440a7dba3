import type { Find, Found, ReadModel, Write } from '../../../application/ports/read-store.js';
import type { Connection } from './connection.js';
import { countQuery, findQuery } from './find-sql.js';
import { toColumns } from './index-value.js';
import { columnName, indexedFields, tableName } from './naming.js';

export interface Scan {
  readonly after?: string;
  readonly prefix?: string;
  readonly limit: number;
}

/** Sorts after every character that a key can have. */
const LAST = '\u{10ffff}';

/** The documents of one generation of a read model. */
export class DocumentTable<D extends object> {
  readonly #get: string;
  readonly #load: string;
  readonly #scan: string;
  readonly #fields: readonly string[];

  constructor(
    private readonly connection: Connection,
    private readonly model: ReadModel<D>,
    readonly number: number,
  ) {
    const table = tableName(model.name, number);
    this.#fields = indexedFields(model);
    this.#get = `SELECT doc FROM ${table} WHERE key = ?`;
    this.#load = `SELECT key, doc FROM ${table} WHERE key IN (SELECT value FROM json_each(?))`;
    this.#scan = `SELECT key, doc FROM ${table} WHERE key >= max(?, ?) AND key < ? ORDER BY key LIMIT ?`;
  }

  get(key: string): D | null {
    const row = this.connection.row<[string]>(this.#get, [key]);
    return row ? (JSON.parse(row[0]) as D) : null;
  }

  load(keys: readonly string[]): Map<string, D> {
    const [only] = keys;
    if (only !== undefined && keys.length === 1) return mapOf(only, this.get(only));
    const rows = this.connection.rows<[string, string]>(this.#load, [JSON.stringify(keys)]);
    return new Map(rows.map(([key, text]) => [key, JSON.parse(text) as D]));
  }

  find(find: Find): Found<D>[] {
    const { sql, parameters } = findQuery(this.model, this.number, find);
    return this.connection.rows<[string, string]>(sql, parameters).map(toFound<D>);
  }

  count(where: Pick<Find, 'index' | 'equals' | 'range'>): number {
    const { sql, parameters } = countQuery(this.model, this.number, where);
    return this.connection.row<[number]>(sql, parameters)?.[0] ?? 0;
  }

  scan({ after, prefix = '', limit }: Scan): Found<D>[] {
    // The first text that can follow `after` is `after` and a NUL, which no key holds.
    const next = after === undefined ? '' : `${after}\0`;
    return this.connection
      .rows<[string, string]>(this.#scan, [next, prefix, prefix + LAST, limit])
      .map(toFound<D>);
  }

  /** Must run in a transaction. @throws TypeError on a key or an indexed field that cannot be stored */
  write(writes: readonly Write<D>[]): void {
    const table = tableName(this.model.name, this.number);
    const columns = ['key', 'position', 'doc', ...this.#fields.map(columnName)];
    const upsert = this.connection.runner(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (key) DO UPDATE SET ${columns.slice(1).map(replaced).join(', ')}
       WHERE excluded.position >= position`,
    );
    const remove = this.connection.runner(`DELETE FROM ${table} WHERE key = ? AND position <= ?`);
    for (const { key, document, position } of writes)
      if (document === null) remove([key, position]);
      else
        upsert([checkedKey(key), position, JSON.stringify(document), ...toColumns(document, this.#fields)]);
  }
}

const mapOf = <D>(key: string, document: D | null): Map<string, D> =>
  new Map(document ? [[key, document]] : []);

const replaced = (column: string): string => `${column} = excluded.${column}`;

const toFound = <D>([key, text]: [string, string]): Found<D> => ({ key, document: JSON.parse(text) as D });

// libsql cuts a text off at NUL when it reads it back.
const checkedKey = (key: string): string => {
  if (key.includes('\0')) throw new TypeError('A document key must not hold NUL characters.');
  return key;
};
