import { LRUCache } from 'lru-cache';
import type { CustomerFacts } from '../../domain/binding/standing.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import type { OrganizationMatrix } from './matrix-reader.js';
import type { BindingSla } from './views.js';

interface Remembered {
  readonly customer: CustomerDocument;
  readonly matrix: OrganizationMatrix;
  readonly answer: BindingSla;
  /** The answer was made at its `at` and holds until here; null: until a document changes. */
  readonly until: Instant | null;
}

const ANSWERS_KEPT = 50_000;

/**
 * Answers about the present that were given a moment ago. One holds as long as it was made from the very documents that
 * are served now, and nothing in them begins or ends meanwhile; so there is nothing to invalidate.
 */
export class PresentAnswers {
  private readonly answers = new LRUCache<string, Remembered>({ max: ANSWERS_KEPT });

  find(key: string, customer: CustomerDocument, matrix: OrganizationMatrix, now: Instant): BindingSla | null {
    const kept = this.answers.get(key);
    if (!kept || kept.customer !== customer || kept.matrix !== matrix) return null;
    if (now < kept.answer.at || (kept.until !== null && now >= kept.until)) return null;
    return { ...kept.answer, at: now, knownAt: now };
  }

  keep(
    key: string,
    customer: CustomerDocument,
    matrix: OrganizationMatrix,
    answer: BindingSla,
    until: Instant | null,
  ): void {
    this.answers.set(key, { customer, matrix, answer, until });
  }
}

/** The first instant after `at` at which something about the customer begins or ends; null: none. */
export const nextTurn = (facts: CustomerFacts, at: Instant): Instant | null => {
  let next: Instant | null = null;
  const consider = (instant: Instant | undefined): void => {
    if (instant !== undefined && instant > at && (next === null || instant < next)) next = instant;
  };
  const timelines = [facts.mappings, facts.waivers, ...facts.contracts.map(({ versions }) => versions)];
  for (const { marks } of timelines)
    for (const mark of marks) {
      consider(mark.effectiveFrom);
      consider(mark.effectiveUntil);
      if (mark.kind !== 'CONTRACT') continue;
      consider(mark.bindsFrom);
      consider(mark.bindsUntil);
    }
  return next;
};
