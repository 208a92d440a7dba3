import { lintMatrix } from '@domain/matrix/lint.js';
import { parseDuration } from '@domain/terms/duration.js';
import type { Terms } from '../../api/fragments.js';
import type { KnownCoverage } from '../../api/coverages.js';
import type { LintWarning, TierView } from './matrix.graphql.js';

/** A tier as somebody is writing it. */
export interface DraftTier {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly terms: Terms;
}

/** By key: only what has been touched. */
export type MatrixDraft = Readonly<Record<string, DraftTier>>;

export type Target = 'firstResponse' | 'nextUpdate' | 'resolution';
type Commitment = Terms['commitments'][number];

/** The matrix as it would be: the drafts in their places, the new tiers in theirs. */
export const withDraft = (tiers: readonly TierView[], draft: MatrixDraft): readonly DraftTier[] => {
  const known = new Set(tiers.map(({ key }) => key));
  const added = Object.values(draft).filter(({ key }) => !known.has(key));
  return [...tiers.map((tier) => draft[tier.key] ?? tier), ...added].sort((a, b) => b.rank - a.rank);
};

export const withCommitment = (tier: DraftTier, priority: string, change: Partial<Commitment>): DraftTier => {
  const exists = tier.terms.commitments.some((commitment) => commitment.priority === priority);
  const empty = {
    priority,
    firstResponse: null,
    nextUpdate: null,
    resolution: null,
    coverage: 'business-hours',
  };
  const commitments = exists
    ? tier.terms.commitments.map((commitment) =>
        commitment.priority === priority ? { ...commitment, ...change } : commitment,
      )
    : [...tier.terms.commitments, { ...empty, ...change }];
  return { ...tier, terms: { ...tier.terms, commitments } };
};

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

export interface CellDelta {
  readonly tier: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const said = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? 'not promised'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number);

const channelsInWords = ({ channels }: Terms): string =>
  channels
    .map(({ channel, priorities }) => (priorities ? `${channel} (${priorities.join(', ')})` : channel))
    .join(', ');

const FIELDS = [
  ['firstResponse', 'first response'],
  ['nextUpdate', 'next update'],
  ['resolution', 'resolution'],
  ['coverage', 'coverage'],
] as const;

/** Everything that the draft would change, in words. */
export const deltasOf = (tiers: readonly TierView[], draft: MatrixDraft): readonly CellDelta[] =>
  Object.values(draft).flatMap((tier) => {
    const before = tiers.find(({ key }) => key === tier.key);
    const deltas: CellDelta[] = [];
    const note = (what: string, was: unknown, is: unknown): void => {
      if (said(was) !== said(is)) deltas.push({ tier: tier.key, what, before: said(was), after: said(is) });
    };
    note('name', before?.name, tier.name);
    note('rank', before?.rank, tier.rank);
    for (const commitment of tier.terms.commitments) {
      const was = before?.terms.commitments.find(({ priority }) => priority === commitment.priority);
      for (const [field, words] of FIELDS)
        note(`${commitment.priority} ${words}`, was?.[field], commitment[field]);
    }
    note('channels', before && channelsInWords(before.terms), channelsInWords(tier.terms));
    note('uptime %', before?.terms.uptimePercent, tier.terms.uptimePercent);
    note('achievement %', before?.terms.achievementPercent, tier.terms.achievementPercent);
    note(
      'credit % per breach',
      before?.terms.credits?.percentPerBreach,
      tier.terms.credits?.percentPerBreach,
    );
    note(
      'credit cap % per month',
      before?.terms.credits?.monthlyCapPercent,
      tier.terms.credits?.monthlyCapPercent,
    );
    note('features', before?.terms.features.join(', '), tier.terms.features.join(', '));
    note('notes', before?.terms.notes, tier.terms.notes);
    return deltas;
  });

/** The warnings of the server, by its own rule, before anything is sent. */
export const lintDraft = (
  tiers: readonly DraftTier[],
  coverages: ReadonlyMap<string, KnownCoverage>,
): readonly LintWarning[] => {
  const readable = tiers.every(({ terms }) =>
    terms.commitments.every((each) =>
      [each.firstResponse, each.nextUpdate, each.resolution].every((text) => targetError(text) === null),
    ),
  );
  if (!readable) return [];
  return lintMatrix(tiers as never, (key) => coverages.get(key)?.content).map((warning) => ({
    code: warning.code,
    message: warning.message,
    tier: warning.tier ?? null,
    priority: warning.priority ?? null,
  }));
};

/** As the mutation takes it: nulls left out, empty texts "not promised". */
export const termsInput = (terms: Terms) => ({
  commitments: terms.commitments.map(({ priority, firstResponse, nextUpdate, resolution, coverage }) => ({
    priority,
    firstResponse: firstResponse?.trim() || null,
    nextUpdate: nextUpdate?.trim() || null,
    resolution: resolution?.trim() || null,
    coverage,
  })),
  channels: terms.channels.map(({ channel, priorities, coverage }) => ({ channel, priorities, coverage })),
  uptimePercent: terms.uptimePercent,
  achievementPercent: terms.achievementPercent,
  credits: terms.credits && {
    percentPerBreach: terms.credits.percentPerBreach,
    monthlyCapPercent: terms.credits.monthlyCapPercent,
  },
  features: [...terms.features],
  notes: terms.notes,
});
