import type { CustomerExceptionKind } from '../../domain/binding/exception-kind.js';
import type { MappingMark, WaiverMark } from '../../domain/binding/marks.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { ReadModel } from '../ports/read-store.js';
import type { CustomerContract } from './customers.read-model.js';

export interface Acknowledgement {
  readonly exceptionId: string;
  readonly by: string;
  readonly note: string;
  /** Who sees to it. */
  readonly owner?: string;
  /** By when it is to be seen to. */
  readonly dueOn?: LocalDate;
  readonly at: Instant;
  /** Place in the log, fixed-width text. */
  readonly position: string;
}

/**
 * How one customer stands over a period of effective time, as known over a period of recorded time. All standings of a
 * customer together cover every instant since the first fact, so who is in exception at any instant is a range of an index:
 * nothing has to be written when a contract ends at midnight.
 */
export interface StandingDocument {
  readonly type: 'standing';
  readonly orgId: string;
  readonly customerKey: string;
  readonly customerId: string;
  /** `NONE`: no exception of the customer's own; whether there is one depends on `tier`. */
  readonly kind: CustomerExceptionKind | 'NONE';
  /** Whether an approved waiver settles it. */
  readonly waived: boolean;
  /** The tier that binds when `kind` is NONE or waived, by key. */
  readonly tier: string | null;
  /** Keys of the priorities that the contract commits to in the tier's place; null: the tier alone binds. */
  readonly ownPriorities: readonly string[] | null;
  /** Key of the tier the customer is mapped to. */
  readonly mappedTier: string | null;
  readonly from: Instant;
  /** null: without end */
  readonly to: Instant | null;
  readonly knownFrom: Instant;
  /** null: still so known */
  readonly knownTo: Instant | null;
  /** Whether it is still so known: what the everyday question asks for first. */
  readonly current: boolean;
}

/** Where a standing that is current begins, on both axes; it lasts until the next one. What it says lies in its document. */
export type StandingRow = Pick<StandingDocument, 'from' | 'knownFrom'>;

/** What is known of a customer: the fold's own memory. Versions stand in the order of precedence. */
export interface FactsDocument {
  readonly type: 'facts';
  readonly orgId: string;
  readonly customerKey: string;
  readonly customerId: string;
  readonly mappings: readonly MappingMark[];
  readonly waivers: readonly WaiverMark[];
  readonly contracts: readonly CustomerContract[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** In order of time. */
  readonly standings: readonly StandingRow[];
}

export const EXCEPTIONS: ReadModel<StandingDocument | FactsDocument> = {
  name: 'exceptions',
  version: 3,
  indexes: {
    byKind: ['orgId', 'current', 'kind', 'from'],
    byTier: ['orgId', 'current', 'tier', 'from'],
    byMapping: ['orgId', 'current', 'mappedTier', 'from'],
    /** With `byMapping`: how many are mapped to a tier at an instant, without looking at them. */
    byMappingEnd: ['orgId', 'current', 'mappedTier', 'to'],
    byCustomer: ['orgId', 'current', 'customerKey', 'from'],
    /** What begins next, whoever's it is. */
    byStart: ['orgId', 'current', 'from'],
  },
};
