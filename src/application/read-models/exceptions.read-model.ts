import type { CustomerExceptionKind } from '../../domain/binding/exception-kind.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel } from '../ports/read-store.js';
import type { CustomerDocument } from './customers.read-model.js';

export interface Acknowledgement {
  readonly exceptionId: string;
  readonly by: string;
  readonly note: string;
  readonly at: Instant;
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
  readonly name: string | null;
  /** `NONE`: no exception of the customer's own; whether there is one depends on `tier`. */
  readonly kind: CustomerExceptionKind | 'NONE';
  /** The tier that binds when `kind` is NONE, by key. */
  readonly tier: string | null;
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

/** What is known of a customer: the fold's own memory. */
export interface FactsDocument {
  readonly type: 'facts';
  readonly orgId: string;
  readonly customer: CustomerDocument;
  readonly acknowledgements: readonly Acknowledgement[];
  /** The standings that are current, in order of time. */
  readonly standings: readonly StandingDocument[];
}

export const EXCEPTIONS: ReadModel<StandingDocument | FactsDocument> = {
  name: 'exceptions',
  version: 1,
  indexes: {
    byKind: ['orgId', 'current', 'kind', 'from'],
    byTier: ['orgId', 'current', 'tier', 'from'],
    byMapping: ['orgId', 'current', 'mappedTier', 'from'],
    byCustomer: ['orgId', 'customerKey', 'from'],
  },
};
