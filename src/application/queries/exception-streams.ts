import type { CustomerExceptionKind, ExceptionKind } from '../../domain/binding/exception-kind.js';
import type { IndexPlace, ReadStore } from '../ports/read-store.js';
import { EXCEPTIONS, type StandingDocument } from '../read-models/exceptions.read-model.js';
import type { PointInTime } from './points-in-time.js';

/** A stretch of an index that holds exceptions of one kind. */
export interface ExceptionStream {
  readonly kind: ExceptionKind;
  readonly index: 'byKind' | 'byTier';
  readonly value: string;
  /** Standings that are still so known, or those that are known no longer. */
  readonly current: boolean;
}

export interface ExceptionCandidate {
  readonly kind: ExceptionKind;
  readonly key: string;
  readonly standing: StandingDocument;
}

export const OF_CUSTOMERS: readonly CustomerExceptionKind[] = [
  'TIER_MISMATCH',
  'NO_ACTIVE_CONTRACT',
  'UNMAPPED',
  'AMBIGUOUS_CONTRACTS',
];

const CHUNK = 200;

/**
 * Every tier that some standing hangs on: a loose index scan, one step for each tier however many customers it has.
 */
export const tiersRelied = async (
  store: ReadStore,
  orgId: string,
  current: boolean,
): Promise<readonly string[]> => {
  const tiers: string[] = [];
  for (let last = ''; ;) {
    const [next] = await store.find(EXCEPTIONS, {
      index: 'byTier',
      equals: [orgId, current],
      range: { gt: last },
      limit: 1,
    });
    if (next?.document.type !== 'standing' || next.document.tier === null) return tiers;
    last = next.document.tier;
    tiers.push(last);
  }
};

/** The standings that hold at the instant (or were over by then), of all streams, the latest start first. */
export async function* merged(
  store: ReadStore,
  orgId: string,
  streams: readonly ExceptionStream[],
  point: PointInTime,
  start?: IndexPlace,
): AsyncGenerator<ExceptionCandidate> {
  const cursors = streams.map((stream) => read(store, orgId, stream, point, start));
  const heads = await Promise.all(cursors.map((cursor) => cursor.next()));
  for (;;) {
    let next: { at: number; value: ExceptionCandidate } | null = null;
    for (const [at, head] of heads.entries())
      if (!head.done && (next === null || precedes(head.value, next.value))) next = { at, value: head.value };
    if (!next) return;
    yield next.value;
    heads[next.at] = await cursors[next.at]!.next();
  }
}

async function* read(
  store: ReadStore,
  orgId: string,
  { kind, index, value, current }: ExceptionStream,
  { at, known }: PointInTime,
  start: IndexPlace | undefined,
): AsyncGenerator<ExceptionCandidate, undefined> {
  for (let after = start; ;) {
    const found = await store.find(EXCEPTIONS, {
      index,
      equals: [orgId, current, value],
      range: { lte: at },
      order: 'desc',
      limit: CHUNK,
      ...(after && { after }),
    });
    for (const { key, document } of found)
      if (document.type === 'standing' && wasKnown(document, known)) yield { kind, key, standing: document };
    const last = found.at(-1);
    if (found.length < CHUNK || last?.document.type !== 'standing') return;
    after = { values: [last.document.from], key: last.key };
  }
}

const wasKnown = ({ knownFrom, knownTo }: StandingDocument, known: string | undefined): boolean =>
  known === undefined || (knownFrom <= known && (knownTo === null || known < knownTo));

const precedes = (a: ExceptionCandidate, b: ExceptionCandidate): boolean =>
  a.standing.from > b.standing.from || (a.standing.from === b.standing.from && a.key > b.key);
