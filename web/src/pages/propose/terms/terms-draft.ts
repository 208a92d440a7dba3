import { parseDuration } from '@domain/terms/duration.js';
import type { Commitment, Terms } from '@domain/terms/terms.js';

export const TARGETS = [
  ['firstResponse', 'First response'],
  ['nextUpdate', 'Updates every'],
  ['resolution', 'Resolution'],
] as const;
export type Target = (typeof TARGETS)[number][0];

/** Why a text is no target; null: it is one, or empty for "not promised". */
export const targetError = (text: string | null): string | null => {
  if (text === null || text.trim() === '') return null;
  try {
    parseDuration(text, []);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Whether every target can be read. */
export const isReadable = ({ commitments }: Terms): boolean =>
  commitments.every((commitment) => TARGETS.every(([field]) => targetError(commitment[field]) === null));

export const emptyCommitment = (priority: string, coverage = 'business-hours'): Commitment => ({
  priority,
  firstResponse: null,
  nextUpdate: null,
  resolution: null,
  coverage,
});

/** Changes what is promised for a priority; one that had no commitment gets one. */
export const withCommitment = (terms: Terms, priority: string, change: Partial<Commitment>): Terms => {
  const { commitments } = terms;
  const exists = commitments.some((commitment) => commitment.priority === priority);
  return {
    ...terms,
    commitments: exists
      ? commitments.map((each) => (each.priority === priority ? { ...each, ...change } : each))
      : [...commitments, { ...emptyCommitment(priority), ...change }],
  };
};

/** Without the priority, and without the channels that were for it alone. */
export const withoutCommitment = (terms: Terms, priority: string): Terms => ({
  ...terms,
  commitments: terms.commitments.filter((each) => each.priority !== priority),
  channels: terms.channels.flatMap((channel) => {
    if (!channel.priorities?.includes(priority)) return [channel];
    const priorities = channel.priorities.filter((each) => each !== priority);
    return priorities.length === 0 ? [] : [{ ...channel, priorities }];
  }),
});

/** As mutations take terms: with lists of their own. */
export const termsInput = ({ commitments, channels, features, ...rest }: Terms) => ({
  ...rest,
  commitments: [...commitments],
  channels: channels.map(({ priorities, ...channel }) => ({
    ...channel,
    ...(priorities && { priorities: [...priorities] }),
  })),
  features: [...features],
});
