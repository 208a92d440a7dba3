import type { IndexValue, ReadModel, Write } from '../../../application/ports/read-store.js';
import { placeText } from './index-range.js';

/**
 * A document as it lies in its collection. A removed one leaves its position behind, so that a writer that was frozen for an
 * hour cannot bring it back; a rebuild sheds these.
 */
export interface StoredDocument {
  readonly _id: string;
  /** Twenty digits: compares alike as text on every server. */
  readonly position: string;
  /** The document as JSON: comes back byte for byte, and in half the time that the same takes as BSON. Absent: removed. */
  readonly body?: string;
  /** Index name → place in it. An index whose fields the document has not all got is left out. */
  readonly places?: Readonly<Record<string, string>>;
}

/** Less than the 16 MiB that a server takes, with room for the envelope. */
const MOST_BYTES = 12 * 1024 * 1024;

/** One per key, the newest. @throws TypeError on a document that cannot be stored, before anything is written */
export const toStored = <D extends object>(
  model: ReadModel<D>,
  writes: readonly Write<D>[],
): StoredDocument[] => {
  const newest = new Map<string, Write<D>>();
  for (const write of writes) {
    const other = newest.get(write.key);
    if (!other || other.position <= write.position) newest.set(write.key, write);
  }
  return [...newest.values()].map(({ key, position, document }) => ({
    _id: key,
    position: positionText(position),
    ...(document ? { body: bodyOf(key, document), places: placesOf(model, key, document) } : {}),
  }));
};

export const fromBody = <D>(body: string): D => JSON.parse(body) as D;

export const positionText = (position: bigint): string => String(position).padStart(20, '0');

/** Bytes on the wire, roughly. */
export const sizeOf = ({ _id, body = '', places = {} }: StoredDocument): number =>
  Object.values(places).reduce((sum, place) => sum + Buffer.byteLength(place) + 32, 64) +
  Buffer.byteLength(_id) +
  Buffer.byteLength(body);

const bodyOf = (key: string, document: object): string => {
  const body = JSON.stringify(document);
  if (Buffer.byteLength(body) > MOST_BYTES)
    throw new TypeError(`Document ${key} has ${body.length} characters, more than can be stored.`);
  return body;
};

const placesOf = <D extends object>(
  model: ReadModel<D>,
  key: string,
  document: D,
): Record<string, string> => {
  const places: Record<string, string> = {};
  for (const [index, fields] of Object.entries<readonly string[]>(model.indexes)) {
    const values = fields.map((field) => (document as Record<string, IndexValue | undefined>)[field]);
    if (values.every((value) => value !== undefined)) places[index] = placeText(values, key);
  }
  return places;
};
