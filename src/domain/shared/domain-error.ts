/** The refusals a caller can expect and act on; the same names as `ErrorCode` in the public contract. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'DUPLICATE'
  | 'STALE'
  | 'NOT_OPEN'
  | 'SELF_APPROVAL'
  | 'ALREADY_APPROVED_BY_YOU'
  | 'BACKDATING_NOT_ALLOWED'
  | 'REASON_REQUIRED'
  | 'IDEMPOTENCY_MISMATCH'
  | 'CONFLICT';

export interface ErrorDetails {
  /** The input field at fault, outermost first, e.g. `['terms', 'commitments', '0', 'resolution']`. */
  readonly path?: readonly string[];
  /** What the refused thing collides with, e.g. the change that already says the same. */
  readonly existingId?: string;
}

/**
 * An expected refusal: the message says what is wrong and how to mend it, in words for people.
 * What HTTP status or GraphQL shape it becomes is decided in `api/` alone.
 */
export class DomainError extends Error {
  readonly path: readonly string[];
  readonly existingId: string | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.path = details.path ?? [];
    this.existingId = details.existingId;
  }
}

/** A refusal of one input field. `path` as in {@link ErrorDetails}. */
export const invalid = (path: readonly string[], message: string): DomainError =>
  new DomainError('INVALID_INPUT', message, { path });
