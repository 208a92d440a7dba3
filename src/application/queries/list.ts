import type { Find, Found, ReadModel, ReadStore } from '../ports/read-store.js';
import { connection, placeAfter, type Connection, type ListScope, type PageRequest } from './page.js';

/** A list on a declared index, and what is left to filter when the index has done its part. */
export interface List<D extends object, T> {
  readonly model: ReadModel<D>;
  readonly where: Pick<Find, 'index' | 'equals' | 'range' | 'order'>;
  readonly scope: ListScope;
  /** Absent: the index answers the whole filter. */
  readonly matches?: (document: D) => boolean | Promise<boolean>;
  readonly view: (document: D) => T | Promise<T>;
}

const CHUNK = 200;
/** A count that has to look at documents reads them in larger steps. */
const COUNT_CHUNK = 1000;

/** One page of the list; reads on until it is full, a chunk at a time. */
export const pageOf = async <D extends object, T>(
  store: ReadStore,
  list: List<D, T>,
  request: PageRequest,
): Promise<Connection<T>> => {
  const { model, where, scope, matches, view } = list;
  const start = placeAfter(request, scope);
  const fields = model.indexes[where.index]!.slice(where.equals.length);
  const placeOf = ({ key, document }: Found<D>) => ({
    values: fields.map(
      (field) => (document as Record<string, string | number | boolean | null>)[field] ?? null,
    ),
    key,
  });

  const found: Found<D>[] = [];
  const limit = matches ? CHUNK : request.first + 1;
  for (let after = start; found.length <= request.first;) {
    const chunk = await store.find(model, { ...where, limit, ...(after && { after }) });
    for (const item of chunk) if (!matches || (await matches(item.document))) found.push(item);
    if (chunk.length < limit) break;
    after = placeOf(chunk.at(-1)!);
  }
  const page = found.slice(0, request.first);
  return connection({
    scope,
    nodes: await Promise.all(page.map(({ document }) => view(document))),
    places: page.map(placeOf),
    hasNext: found.length > request.first,
    hasPrevious: start !== undefined,
    totalCount: () => countOf(store, list, placeOf),
  });
};

const countOf = async <D extends object, T>(
  store: ReadStore,
  { model, where, matches }: List<D, T>,
  placeOf: (found: Found<D>) => NonNullable<Find['after']>,
): Promise<number> => {
  if (!matches) return store.count(model, where);
  let count = 0;
  for (let after: Find['after']; ;) {
    const chunk = await store.find(model, { ...where, limit: COUNT_CHUNK, ...(after && { after }) });
    for (const { document } of chunk) if (await matches(document)) count++;
    if (chunk.length < COUNT_CHUNK) return count;
    after = placeOf(chunk.at(-1)!);
  }
};
