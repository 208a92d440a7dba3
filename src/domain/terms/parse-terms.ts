import { invalid } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import * as input from '../shared/raw-input.js';
import { compact, fieldsOf, type Known, type Parse, type Path } from '../shared/raw-input.js';
import { parseDuration } from './duration.js';
import type { ChannelPromise, Commitment, CreditRule, DurationText, Terms } from './terms.js';

const MAX_COMMITMENTS = 50;
const MAX_CHANNELS = 200;
const MAX_FEATURES = 500;
const MAX_FEATURE = 2_000;
const MAX_NOTES = 100_000;
/** Terms travel whole in one append of at most 1 MiB, beside who approved them and why. */
export const MAX_TERMS_BYTES = 1_000_000;

const TERMS = [
  'commitments',
  'channels',
  'uptimePercent',
  'achievementPercent',
  'credits',
  'features',
  'notes',
] as const;
const percent = input.number(0, 100);

/**
 * Checks terms as they come from outside. `N/A` becomes null, other durations stay as they were written;
 * priorities and coverages that are referred to get the spelling they are known by.
 *
 * @throws DomainError INVALID_INPUT at the field at fault, below `path`
 */
export const parseTerms = (raw: unknown, path: Path, coverages: Known): Terms => {
  const fields = fieldsOf(raw, path, TERMS);
  const commitments = fields.required('commitments', parseCommitments(coverages));
  const terms = compact({
    commitments,
    channels: fields.optional('channels', parseChannels(coverages, commitments)) ?? [],
    uptimePercent: fields.optional('uptimePercent', percent),
    achievementPercent: fields.optional('achievementPercent', percent),
    credits: fields.optional('credits', parseCredits),
    features: fields.optional('features', input.list(input.text(MAX_FEATURE), MAX_FEATURES)) ?? [],
    notes: fields.optional('notes', input.text(MAX_NOTES)),
  });
  const bytes = utf8Length(JSON.stringify(terms));
  if (bytes > MAX_TERMS_BYTES)
    throw invalid(
      path,
      `These terms take ${bytes} bytes; the limit is ${MAX_TERMS_BYTES}. Shorten notes or features.`,
    );
  return terms;
};

const parseCommitments =
  (coverages: Known): Parse<readonly Commitment[]> =>
  (raw, path) => {
    const commitments = input.list(parseCommitment(coverages), MAX_COMMITMENTS)(raw, path);
    if (commitments.length === 0) throw invalid(path, 'Terms need a commitment for at least one priority.');
    refuseRepeated(
      commitments.map(({ priority }) => priority),
      (index, priority) =>
        invalid([...path, index, 'priority'], `There is a second commitment for ${priority}. Keep one.`),
    );
    return commitments;
  };

const parseCommitment =
  (coverages: Known): Parse<Commitment> =>
  (raw, path) => {
    const fields = fieldsOf(raw, path, ['priority', 'firstResponse', 'nextUpdate', 'resolution', 'coverage']);
    return {
      priority: fields.required('priority', input.identifier),
      firstResponse: fields.optional('firstResponse', target) ?? null,
      nextUpdate: fields.optional('nextUpdate', target) ?? null,
      resolution: fields.optional('resolution', target) ?? null,
      coverage: fields.required('coverage', input.reference('coverage', coverages)),
    };
  };

const target: Parse<DurationText | null> = (raw, path) => {
  if (typeof raw !== 'string')
    throw invalid(
      path,
      'A duration is written as text, with its unit: "30m", "8h", "5d"; "N/A" where nothing is promised.',
    );
  return parseDuration(raw, path) === null ? null : raw.trim();
};

const parseChannels =
  (coverages: Known, commitments: readonly Commitment[]): Parse<readonly ChannelPromise[]> =>
  (raw, path) => {
    const channels = input.list(parseChannel(coverages, commitments), MAX_CHANNELS)(raw, path);
    // A channel may come twice, for different priorities; never twice for one, or it would be unclear when it is open.
    const pairs = channels.flatMap(({ channel, priorities }, index) =>
      (priorities ?? commitments.map(({ priority }) => priority)).map((priority) => ({
        channel,
        priority,
        index,
      })),
    );
    refuseRepeated(
      pairs.map(({ channel, priority }) => JSON.stringify([identifierKey(channel), identifierKey(priority)])),
      (pair) => {
        const { channel, priority, index } = pairs[Number(pair)]!;
        return invalid(
          [...path, String(index)],
          `${channel} is listed a second time for ${priority}. Keep one.`,
        );
      },
    );
    return channels;
  };

const parseChannel =
  (coverages: Known, commitments: readonly Commitment[]): Parse<ChannelPromise> =>
  (raw, path) => {
    const fields = fieldsOf(raw, path, ['channel', 'priorities', 'coverage']);
    return compact({
      channel: fields.required('channel', input.identifier),
      priorities: fields.optional('priorities', parsePriorities(commitments)),
      coverage: fields.optional('coverage', input.reference('coverage', coverages)),
    });
  };

const parsePriorities =
  (commitments: readonly Commitment[]): Parse<readonly string[]> =>
  (raw, path) => {
    const names = commitments.map(({ priority }) => priority);
    const keys = new Set(names.map(identifierKey));
    const committed = { has: (id: string) => keys.has(identifierKey(id)), keys: () => names };
    const priorities = input.list(input.reference('commitment for priority', committed), MAX_COMMITMENTS)(
      raw,
      path,
    );
    if (priorities.length === 0)
      throw invalid(path, 'Name at least one priority, or leave the list out for all of them.');
    refuseRepeated(priorities, (index, priority) =>
      invalid([...path, index], `${priority} is listed twice.`),
    );
    return priorities;
  };

const parseCredits: Parse<CreditRule> = (raw, path) => {
  const fields = fieldsOf(raw, path, ['percentPerBreach', 'monthlyCapPercent']);
  return {
    percentPerBreach: fields.required('percentPerBreach', percent),
    monthlyCapPercent: fields.required('monthlyCapPercent', percent),
  };
};

const refuseRepeated = (ids: readonly string[], error: (index: string, id: string) => Error): void => {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    const key = identifierKey(id);
    if (seen.has(key)) throw error(String(index), id);
    seen.add(key);
  });
};

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};
