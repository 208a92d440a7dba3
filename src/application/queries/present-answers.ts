import { LRUCache } from 'lru-cache';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadStore } from '../ports/read-store.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { CURRENT_MATRIX } from '../read-models/current-matrix.read-model.js';
import { CUSTOMERS } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { DocumentChanges } from './document-changes.js';
import type { BindingSla } from './views.js';

/** What makes one question differ from another about the same instant. */
export interface Question {
  readonly customerId?: string | null;
  readonly contractId?: string | null;
  readonly priority?: string | null;
  readonly channel?: string | null;
}

interface Remembered {
  readonly answer: BindingSla;
  /** The answer was made at its `at` and holds until here; null: until a document changes. */
  readonly until: Instant | null;
  readonly madeOf: readonly string[];
  /** Up to here `madeOf` is known not to have changed. */
  mark: number;
}

/** A kilobyte or so each. */
const ANSWERS_KEPT = 100_000;

/**
 * Answers about the present that were given a moment ago. One holds as long as none of the documents that it was made
 * of has changed, and nothing in them begins or ends meanwhile. Finding one reads nothing and waits for nothing.
 */
export class PresentAnswers {
  // By size and not by number, for which room would be made at the start.
  private readonly answers = new LRUCache<string, Remembered>({
    maxSize: ANSWERS_KEPT,
    sizeCalculation: () => 1,
  });
  private readonly changes: DocumentChanges;

  constructor(store: ReadStore) {
    this.changes = new DocumentChanges(store, {
      [CUSTOMERS.name]: customerPlace,
      [CONTRACTS.name]: contractPlace,
      [CURRENT_MATRIX.name]: (key) => matrixPlace(key.slice(0, key.indexOf('/'))),
    });
  }

  /** To be taken before the first document is read for an answer that is to be kept. */
  get mark(): number {
    return this.changes.mark;
  }

  /** As it was made: `at` and `knownAt` are of then. */
  find(orgId: string, question: Question, now: Instant): BindingSla | null {
    const kept = this.answers.get(keyOf(orgId, question));
    if (!kept || now < kept.answer.at || (kept.until !== null && now >= kept.until)) return null;
    if (!this.changes.unchangedSince(kept.mark, kept.madeOf)) return null;
    kept.mark = this.changes.mark;
    return kept.answer;
  }

  keep(
    orgId: string,
    question: Question,
    { answer, until, customerKey, mark }: Omit<Remembered, 'madeOf'> & { readonly customerKey: string },
  ): void {
    const madeOf = [customerPlace(documentKey(orgId, customerKey)), matrixPlace(orgId)];
    if (question.contractId != null)
      madeOf.push(contractPlace(documentKey(orgId, identifierKey(question.contractId))));
    this.answers.set(keyOf(orgId, question), { answer, until, madeOf, mark });
  }
}

const customerPlace = (key: string): string => `customer ${key}`;
const contractPlace = (key: string): string => `contract ${key}`;
const matrixPlace = (orgId: string): string => `matrix ${orgId}`;

const keyOf = (orgId: string, { customerId, contractId, priority, channel }: Question): string =>
  contractId == null
    ? `${orgId}\ncustomer\n${identifierKey(customerId ?? '')}\n${priority ?? ''}\n${channel ?? ''}`
    : `${orgId}\ncontract\n${identifierKey(contractId)}\n${priority ?? ''}\n${channel ?? ''}`;
