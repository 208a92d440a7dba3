import type { Instant } from '../shared/instant.js';

/**
 * What an organization has a lookup answer where two promises contradict one another: nothing (both are shown), the
 * stricter of both, or what the contract says.
 */
export type ExceptionRule = 'REFUSE' | 'STRICTER' | 'CONTRACT_WINS';

export const EXCEPTION_RULES: readonly ExceptionRule[] = ['REFUSE', 'STRICTER', 'CONTRACT_WINS'];

/** What an organization starts with. */
export const INITIAL_RULE: ExceptionRule = 'REFUSE';

export interface RecordedRule {
  readonly exceptionRule: ExceptionRule;
  readonly recordedAt: Instant;
}

/**
 * The rule that counts: the last one recorded by both instants, so that what was answered about the past stays so.
 *
 * @param rules in the order they were recorded
 */
export const ruleAt = (
  rules: readonly RecordedRule[],
  at: Instant,
  known: Instant | undefined,
): ExceptionRule =>
  rules.findLast(({ recordedAt }) => recordedAt <= at && (known === undefined || recordedAt <= known))
    ?.exceptionRule ?? INITIAL_RULE;
