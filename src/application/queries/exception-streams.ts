import type { CustomerExceptionKind, ExceptionKind } from '../../domain/binding/exception-kind.js';
import type { TierFault } from '../../domain/binding/tier-faults.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { Find, IndexPlace, ReadStore } from '../ports/read-store.js';
import { EXCEPTIONS, type StandingDocument } from '../read-models/exceptions.read-model.js';
import type { PointInTime } from './points-in-time.js';

/** A stretch of an index that holds exceptions of one kind. */
export interface ExceptionStream {
  readonly kind: ExceptionKind;
  /** Key of the tier that fails; null: the exception is the customer's own. */
  readonly tier: string | null;
  /** The time in which the tier fails; absent: the instant asked about lies in it. */
  readonly fault?: TierFault;
  /** Standings that are still so known, or those that are known no longer. */
  readonly current: boolean;
  /** When one customer is asked about. */
  readonly customerKey?: string;
}

export interface ExceptionCandidate {
  readonly stream: ExceptionStream;
  readonly place: IndexPlace;
  readonly standing: StandingDocument;
}

export const OF_CUSTOMERS: readonly CustomerExceptionKind[] = [
  'TIER_MISMATCH',
  'NO_ACTIVE_CONTRACT',
  'UNMAPPED',
  'AMBIGUOUS_CONTRACTS',
];

const CHUNK = 200;
/** Behind a key and everything that begins with it. */
const BEHIND = '\u{10ffff}';

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

/**
 * The standings that hold at the instant or were over by then, of all streams, the latest start first. One standing
 * may be in several streams, so a place names the stream too.
 */
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
  stream: ExceptionStream,
  point: PointInTime,
  start: IndexPlace | undefined,
): AsyncGenerator<ExceptionCandidate, undefined> {
  const name = nameOf(stream);
  for (let after = start && startOf(start, name); ;) {
    const found = await store.find(EXCEPTIONS, {
      ...indexOf(orgId, stream),
      range: { lte: lastStart(stream, point) },
      order: 'desc',
      limit: CHUNK,
      ...(after && { after }),
    });
    for (const { key, document } of found)
      if (document.type === 'standing' && isOf(document, stream) && wasKnown(document, point.known))
        yield { stream, place: { values: [document.from, name], key }, standing: document };
    const last = found.at(-1);
    if (found.length < CHUNK || last?.document.type !== 'standing') return;
    after = { values: [last.document.from], key: last.key };
  }
}

/** Unique among the streams that a standing can be in. */
const nameOf = ({ kind, fault }: ExceptionStream): string => (fault ? `${kind} ${fault.from}` : kind);

/** Where a stream goes on: streams behind the one of the last place have its standing still before them. */
const startOf = ({ values: [from = null, last], key }: IndexPlace, name: string): IndexPlace => ({
  values: [from],
  key: typeof last === 'string' && name > last ? key + BEHIND : key,
});

const indexOf = (
  orgId: string,
  { kind, tier, current, customerKey }: ExceptionStream,
): Pick<Find, 'index' | 'equals'> => {
  if (customerKey !== undefined) return { index: 'byCustomer', equals: [orgId, current, customerKey] };
  return tier === null
    ? { index: 'byKind', equals: [orgId, current, kind] }
    : { index: 'byTier', equals: [orgId, current, tier] };
};

const isOf = (standing: StandingDocument, { kind, tier }: ExceptionStream): boolean =>
  tier === null ? standing.kind === kind : standing.tier === tier;

const lastStart = ({ fault }: ExceptionStream, { at }: PointInTime): Instant =>
  fault && fault.to !== null && fault.to < at ? fault.to : at;

const wasKnown = ({ knownFrom, knownTo }: StandingDocument, known: string | undefined): boolean =>
  known === undefined || (knownFrom <= known && (knownTo === null || known < knownTo));

const precedes = (a: ExceptionCandidate, b: ExceptionCandidate): boolean => {
  if (a.standing.from !== b.standing.from) return a.standing.from > b.standing.from;
  if (a.place.key !== b.place.key) return a.place.key > b.place.key;
  return nameOf(a.stream) < nameOf(b.stream);
};
