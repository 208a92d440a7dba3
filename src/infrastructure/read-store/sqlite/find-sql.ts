import type { Find, IndexValue, ReadModel } from '../../../application/ports/read-store.js';
import { NULL, toColumn } from './index-value.js';
import { columnName, indexName, tableName } from './naming.js';

export interface Query {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

type Where = Pick<Find, 'index' | 'equals' | 'range'>;

/** @throws TypeError when the index is not declared or the find does not fit it */
export const findQuery = (model: ReadModel<never>, generation: number, find: Find): Query => {
  const fields = fieldsOf(model, find);
  const rest = [...fields.slice(find.equals.length).map(columnName), 'key'];
  const descending = find.order === 'desc';
  const conditions = [...whereOf(fields, find), ...afterOf(rest, find, descending)];
  const order = rest.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  return {
    sql: `SELECT key, doc FROM ${source(model, generation, find.index)} ${clause(conditions)} ORDER BY ${order} LIMIT ?`,
    parameters: [...conditions.flatMap(({ parameters }) => parameters), find.limit],
  };
};

/** @throws TypeError when the index is not declared or the question does not fit it */
export const countQuery = (model: ReadModel<never>, generation: number, where: Where): Query => {
  const conditions = whereOf(fieldsOf(model, where), where);
  return {
    sql: `SELECT count(*) FROM ${source(model, generation, where.index)} ${clause(conditions)}`,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
};

const fieldsOf = (model: ReadModel<never>, where: Where): readonly string[] => {
  const fields: readonly string[] | undefined = model.indexes[where.index];
  if (!fields) throw new TypeError(`Read model ${model.name} declares no index ${where.index}.`);
  const asked = where.equals.length + (where.range ? 1 : 0);
  if (asked > fields.length)
    throw new TypeError(`Index ${where.index} of ${model.name} has ${fields.length} fields, not ${asked}.`);
  return fields;
};

// Named, so that no find ever falls back to reading the whole table.
const source = (model: ReadModel<never>, generation: number, index: string): string =>
  `${tableName(model.name, generation)} INDEXED BY ${indexName(model.name, generation, index)}`;

const clause = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;

const whereOf = (fields: readonly string[], { equals, range }: Where): Condition[] => [
  ...equals.map((value, at) => compared(columnName(fields[at] ?? ''), '=', value)),
  // What the index itself says; the planner takes it only from a query that says so too.
  ...fields
    .slice(equals.length)
    .map((field) => ({ sql: `${columnName(field)} IS NOT NULL`, parameters: [] })),
  ...(range ? rangeOf(columnName(fields[equals.length] ?? ''), range) : []),
];

const rangeOf = (column: string, { gt, gte, lt, lte }: NonNullable<Find['range']>): Condition[] => {
  const bounds = [
    ...(gt === undefined ? [] : [compared(column, '>', gt)]),
    ...(gte === undefined ? [] : [compared(column, '>=', gte)]),
    ...(lt === undefined ? [] : [compared(column, '<', lt)]),
    ...(lte === undefined ? [] : [compared(column, '<=', lte)]),
  ];
  // A bound speaks of values: what has none is in no range.
  return bounds.length === 0 ? [] : [{ sql: `${column} > ?`, parameters: [NULL] }, ...bounds];
};

const compared = (column: string, operator: string, value: IndexValue): Condition => ({
  sql: `${column} ${operator} ?`,
  parameters: [toColumn(value)],
});

const afterOf = (columns: readonly string[], { after }: Find, descending: boolean): Condition[] => {
  if (!after) return [];
  if (after.values.length !== columns.length - 1)
    throw new TypeError(
      `A place in this index has ${columns.length - 1} values and a key, not ${after.values.length}.`,
    );
  return [
    {
      sql: `(${columns.join(', ')}) ${descending ? '<' : '>'} (${columns.map(() => '?').join(', ')})`,
      parameters: [...after.values.map(toColumn), after.key],
    },
  ];
};
