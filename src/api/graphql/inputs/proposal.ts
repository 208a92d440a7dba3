import type { Instant } from '../../../domain/shared/instant.js';
import { optional, parseInstantArgument } from '../scalars/arguments.js';

/** The fields around the content of a proposal. */
interface Around {
  readonly effectiveFrom?: string | null;
  readonly effectiveUntil?: string | null;
  readonly reason?: string | null;
  readonly idempotencyKey?: string | null;
}

export interface SplitProposal<Content> {
  /** Unchecked: see `parseContent`. */
  readonly content: Content;
  readonly effectiveFrom: Instant | undefined;
  readonly effectiveUntil: Instant | undefined;
  readonly reason: string | undefined;
  readonly idempotencyKey: string | undefined;
}

const instant = optional(parseInstantArgument);

/**
 * A propose input in its two parts: what is asked for, and when and why.
 *
 * @throws DomainError INVALID_INPUT at `effectiveFrom` or `effectiveUntil`
 */
export const splitProposal = <Input extends Around>(
  input: Input,
): SplitProposal<Omit<Input, keyof Around>> => {
  const { effectiveFrom, effectiveUntil, reason, idempotencyKey, ...content } = input;
  return {
    content,
    effectiveFrom: instant(effectiveFrom, ['effectiveFrom']),
    effectiveUntil: instant(effectiveUntil, ['effectiveUntil']),
    reason: reason?.trim() || undefined,
    idempotencyKey: idempotencyKey ?? undefined,
  };
};
