import { createHash } from 'node:crypto';
import { invalid } from '../../domain/shared/domain-error.js';
import type { IndexPlace, IndexValue } from '../ports/read-store.js';

export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 200;

/** One page of a list, forwards. */
export interface PageRequest {
  /** Most nodes wanted, 1 to {@link MAX_PAGE}. */
  readonly first: number;
  /** Cursor of the node to go on after; null: from the beginning. */
  readonly after: string | null;
}

/** The list a cursor belongs to: whose it is, and which one, filter included. */
export interface ListScope {
  readonly orgId: string;
  /** List and filter in one text; the same question, the same text. */
  readonly list: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A page as Relay's connection. What is not asked for is not made: cursors, edges and the count come when they are read. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number | Promise<number>;
}

export interface Page<T> {
  readonly scope: ListScope;
  readonly nodes: readonly T[];
  /** Places of the nodes, one each. */
  readonly places: readonly IndexPlace[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** Length of the whole list under its filter. */
  readonly totalCount: () => number | Promise<number>;
}

/** First 72 bits in base64: no accident takes one list for another, and nothing is gained by doing it on purpose. */
const BINDING_LENGTH = 12;
const MAX_CURSOR = 4096;
const BASE64URL = /^[\w-]+$/;

/** Opaque to callers; says where a node stands, never what it holds beyond the fields its list is ordered by. */
export const encodeCursor = (scope: ListScope, place: IndexPlace): string =>
  cursorWith(bindingOf(scope), place);

/** @throws DomainError INVALID_INPUT at `after` for the cursor of another list or organization, and for what is none */
export const decodeCursor = (cursor: string, scope: ListScope): IndexPlace => {
  const [binding, values, key, ...rest] = contentOf(cursor);
  if (binding !== bindingOf(scope) || !isValues(values) || typeof key !== 'string' || rest.length > 0)
    throw foreignCursor();
  return { values, key };
};

/** The place to go on after; undefined: from the beginning. @throws as {@link decodeCursor} */
export const placeAfter = ({ after }: PageRequest, scope: ListScope): IndexPlace | undefined =>
  after === null ? undefined : decodeCursor(after, scope);

export const connection = <T>(page: Page<T>): Connection<T> => {
  const { scope, nodes, places, hasNext, hasPrevious, totalCount } = page;
  let binding: string | undefined;
  const cursorAt = (index: number): string => {
    const place = places.at(index);
    if (!place) throw new RangeError(`There is no place for node ${index} of ${nodes.length}.`);
    return cursorWith((binding ??= bindingOf(scope)), place);
  };
  return {
    nodes,
    get totalCount() {
      return totalCount();
    },
    get edges() {
      return nodes.map((node, index) => ({ cursor: cursorAt(index), node }));
    },
    get pageInfo() {
      return {
        hasNextPage: hasNext,
        hasPreviousPage: hasPrevious,
        startCursor: nodes.length > 0 ? cursorAt(0) : null,
        endCursor: nodes.length > 0 ? cursorAt(-1) : null,
      };
    },
  };
};

const cursorWith = (binding: string, { values, key }: IndexPlace): string =>
  Buffer.from(JSON.stringify([binding, values, key])).toString('base64url');

const bindingOf = ({ orgId, list }: ListScope): string =>
  createHash('sha256')
    .update(JSON.stringify([orgId, list]))
    .digest('base64url')
    .slice(0, BINDING_LENGTH);

const contentOf = (cursor: string): readonly unknown[] => {
  if (cursor.length > MAX_CURSOR || !BASE64URL.test(cursor)) throw foreignCursor();
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(content) ? content : [];
  } catch {
    throw foreignCursor();
  }
};

/** Nothing but plain values may reach a store: an object there could be an operator. */
const isValues = (values: unknown): values is readonly IndexValue[] =>
  Array.isArray(values) &&
  values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));

const foreignCursor = (): Error =>
  invalid(['after'], 'This cursor belongs to another list. Start again without `after`.');
