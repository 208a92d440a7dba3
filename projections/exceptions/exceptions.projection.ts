import type { WaiverMark } from '../../src/domain/binding/marks.js';
import type { KnownFacts } from '../../src/domain/binding/standing.js';
import { parseExceptionId } from '../../src/domain/binding/exception.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import type { Mark } from '../../src/domain/shared/mark.js';
import { Precedence } from '../../src/domain/shared/precedence.js';
import type { Period } from '../../src/domain/shared/timeline.js';
import { documentKey, positionText } from '../../src/application/read-models/document-key.js';
import {
  EXCEPTIONS,
  type FactsDocument,
  type StandingDocument,
  type StandingRow,
} from '../../src/application/read-models/exceptions.read-model.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import type { Derived, Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion } from '../approved-version.js';
import { customerMarkOf, customerOf, type CustomerMark } from '../customers/customer-mark.js';
import { restood, saidAt } from './standing-rows.js';

type Doc = FactsDocument | StandingDocument;

const factsKey = (orgId: string, customerKey: string): string => documentKey(orgId, 'facts', customerKey);

/**
 * How every customer stands over all time, kept up as facts come. A standing that is known no longer is closed, never
 * removed: what was known then can be asked for ever after.
 */
export const exceptionsProjection: Projection<Doc> = {
  model: EXCEPTIONS,
  types: [...VERSION_EVENTS, 'ExceptionAcknowledged'],
  keys: (event) => {
    const { orgId } = event.metadata;
    if (event.type === 'ExceptionAcknowledged')
      return [factsKey(orgId, parseExceptionId(event.data.exceptionId).customerKey)];
    const version = approvedVersion(event);
    const customerId = version && customerOf(version);
    return customerId ? [factsKey(orgId, identifierKey(customerId))] : [];
  },
  evolve: (document, event) => {
    if (document?.type === 'standing') return document;
    if (event.type === 'ExceptionAcknowledged') return document && acknowledged(document, event);
    const version = approvedVersion(event);
    const said = version && customerMarkOf(version, event);
    return said ? withMark(document ?? newFacts(event, said), said, event.recordedAt) : document;
  },
  derive: (before, after, { recordedAt }) => {
    const earlier = before?.type === 'facts' ? before : null;
    if (after?.type !== 'facts' || earlier?.standings === after.standings) return [];
    const [gone, come] = difference(earlier?.standings ?? [], after.standings);
    return [
      ...documentsOf(earlier, gone, come).map((standing) => closed(standing, recordedAt)),
      ...documentsOf(after, come, gone).map((document) => ({ key: standingKey(document), document })),
    ];
  },
};

const newFacts = ({ metadata }: RecordedEvent, { customerId }: CustomerMark): FactsDocument => ({
  type: 'facts',
  orgId: metadata.orgId,
  customerKey: identifierKey(customerId),
  customerId,
  mappings: [],
  waivers: [],
  contracts: [],
  acknowledgements: [],
  standings: [],
});

const acknowledged = (
  document: FactsDocument,
  { data, recordedAt, position }: Extract<RecordedEvent, { type: 'ExceptionAcknowledged' }>,
): FactsDocument => {
  const { acknowledgedBy: by, ...said } = data;
  const acknowledgement = { ...said, by, at: recordedAt, position: positionText(position) };
  return { ...document, acknowledgements: [...document.acknowledgements, acknowledgement] };
};

const withMark = (document: FactsDocument, said: CustomerMark, recordedAt: Instant): FactsDocument => {
  const { changed, periods } = inserted(document, said);
  const facts = { before: knownFacts(document), after: knownFacts(changed) };
  const standings = withWaivers(periods, changed.waivers).reduce(
    (rows, period) => restood(rows, facts, period, recordedAt),
    document.standings,
  );
  return { ...changed, standings };
};

/**
 * The periods, each for as long as waivers that began before its end go on: they hold only while what they settle has lasted,
 * and so by what was said in the period.
 *
 * @param periods in order of time; those given back do not overlap
 */
const withWaivers = (periods: readonly Period[], waivers: readonly WaiverMark[]): readonly Period[] => {
  const reaching: { from: Instant; to: Instant | null }[] = [];
  for (const { from, to } of periods) {
    const last = reaching.at(-1);
    const end = to && endOfWaivers(to, waivers);
    if (last && (last.to === null || last.to >= from)) last.to = latest(last.to, end);
    else reaching.push({ from, to: end });
  }
  return reaching;
};

const endOfWaivers = (at: Instant, waivers: readonly WaiverMark[]): Instant | null =>
  waivers
    .filter(({ effectiveFrom }) => effectiveFrom < at)
    .reduce<Instant | null>((end, { effectiveUntil }) => latest(end, effectiveUntil ?? null), at);

/** Null: never. */
const latest = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : a > b ? a : b;

/** The document with one more version in its place, and the periods in which that version binds. */
const inserted = (
  document: FactsDocument,
  said: CustomerMark,
): { readonly changed: FactsDocument; readonly periods: readonly Period[] } => {
  if ('contractId' in said) {
    const key = identifierKey(said.contractId);
    const known = document.contracts.find((contract) => contract.key === key);
    const { marks, periods } = among(known?.versions ?? [], said.mark);
    const contract = { contractId: known?.contractId ?? said.contractId, key, versions: marks };
    const contracts = known
      ? document.contracts.map((other) => (other === known ? contract : other))
      : [...document.contracts, contract];
    return { changed: { ...document, contracts }, periods };
  }
  if ('customerName' in said) {
    const { marks: mappings, periods } = among(document.mappings, said.mark);
    return { changed: { ...document, mappings }, periods };
  }
  const { marks: waivers, periods } = among(document.waivers, said.mark);
  return { changed: { ...document, waivers }, periods };
};

const among = <M extends Mark>(marks: readonly M[], mark: M) => {
  const versions = new Precedence(marks).with(mark);
  return { marks: versions.marks, periods: versions.periodsOf(mark) };
};

const knownFacts = ({ mappings, waivers, contracts }: FactsDocument): KnownFacts => ({
  mappings: new Precedence(mappings),
  waivers: new Precedence(waivers),
  contracts: contracts.map(({ contractId, key, versions }) => ({
    contractId,
    key,
    versions: new Precedence(versions),
  })),
});

interface Rows {
  readonly rows: readonly StandingRow[];
  /** Where the row behind them begins. */
  readonly end: Instant | null;
}

/** The stretches of two states between what they have in common at both ends. */
const difference = (before: readonly StandingRow[], after: readonly StandingRow[]): readonly [Rows, Rows] => {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  const stretch = (rows: readonly StandingRow[]): Rows => ({
    rows: rows.slice(head, rows.length - tail),
    end: rows[rows.length - tail]?.from ?? null,
  });
  return [stretch(before), stretch(after)];
};

/** Of the rows that the other state has not. */
const documentsOf = (
  document: FactsDocument | null,
  { rows, end }: Rows,
  other: Rows,
): readonly StandingDocument[] => {
  if (!document) return [];
  const common = new Set(other.rows);
  const facts = knownFacts(document);
  const { orgId, customerKey, customerId } = document;
  const documentOf = ({ from, knownFrom }: StandingRow, place: number): StandingDocument => ({
    type: 'standing',
    orgId,
    customerKey,
    customerId,
    ...saidAt(facts, from),
    from,
    to: rows[place + 1]?.from ?? end,
    knownFrom,
    knownTo: null,
    current: true,
  });
  return rows.flatMap((row, place) => (common.has(row) ? [] : [documentOf(row, place)]));
};

const standingKey = ({ orgId, customerKey, from, knownFrom }: StandingDocument): string =>
  documentKey(orgId, 'standing', customerKey, from, knownFrom);

/** Known no longer. One that was known for no time at all goes, as if it had never been. */
const closed = (standing: StandingDocument, knownTo: Instant): Derived<Doc> => ({
  key: standingKey(standing),
  document: standing.knownFrom === knownTo ? null : { ...standing, knownTo, current: false },
});
