import type { Instant } from './instant.js';

/** A version on both time axes, as far as choosing between versions goes. */
export interface Mark {
  readonly number: number;
  /** Inclusive. */
  readonly effectiveFrom: Instant;
  /** Exclusive; absent: open. */
  readonly effectiveUntil?: Instant;
  readonly recordedAt: Instant;
}

/** Half open: `[from, to)`; `to` null: without end. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Every instant at which some version begins or ends, in order, each once. */
export const endsOf = (marks: readonly Mark[]): readonly Instant[] => {
  const ends = new Set<Instant>();
  for (const mark of marks) {
    ends.add(mark.effectiveFrom);
    if (mark.effectiveUntil !== undefined) ends.add(mark.effectiveUntil);
  }
  return [...ends].sort();
};
