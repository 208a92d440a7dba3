import { parseContent, type ContentFacts } from '../change/parse-content.js';
import type { TierTermsContent } from '../change/content.js';
import type { ChannelPromise } from '../terms/terms.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError, invalid } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import { readChannel, readListCell } from './list-cell.js';
import { readSheetPercent } from './sheet-number.js';
import type { Cells, SheetRecord } from './sheet-record.js';

/** One record of a matrix sheet: a tier's promise for one priority. */
export interface MatrixRow {
  readonly record: SheetRecord;
  readonly cells: Cells;
  readonly tier: string;
}

/** What belongs to the whole tier, though every record repeats it. */
const OF_TIER = [
  'rank',
  'tierName',
  'uptimePercent',
  'achievementPercent',
  'creditPercentPerBreach',
  'creditMonthlyCapPercent',
  'features',
  'notes',
];

/** Records of a tier that say nothing about a thing agree with all. @throws DomainError INVALID_INPUT */
export const refuseDisagreement = (row: MatrixRow, earlier: readonly MatrixRow[]): void => {
  for (const field of OF_TIER) {
    const said = row.cells(field);
    const other = said ? earlier.find(({ cells }) => cells(field) && cells(field) !== said) : undefined;
    if (other)
      throw invalid(
        [field],
        `Record ${other.record.record} says ${JSON.stringify(other.cells(field))} for the same tier. Write one value in both.`,
      );
  }
};

/**
 * The tier that its records make, in the form that any proposal has. What the sheet has no column for stays as it is.
 *
 * @throws DomainError INVALID_INPUT at the sheet's own field
 */
export const tierTermsOf = (
  rows: readonly MatrixRow[],
  known: TierTermsContent | null,
  facts: ContentFacts,
): TierTermsContent => {
  const first = (field: string) => rows.map(({ cells }) => cells(field)).find((cell) => cell);
  const isColumn = (field: string) => rows[0]?.cells(field) !== undefined;
  const number = (field: string) => {
    const cell = first(field);
    return cell === undefined ? undefined : readSheetPercent(cell, [field]);
  };
  const kept = <T>(field: string, read: () => T, before: T): T => (isColumn(field) ? read() : before);
  const before = known?.terms;
  return parseTier(
    {
      key: known?.key ?? rows[0]?.tier,
      name: first('tierName') ?? known?.name ?? rows[0]?.tier,
      rank: number('rank') ?? known?.rank,
      terms: {
        commitments: rows.map(({ cells }) => ({
          priority: cells('priority'),
          firstResponse: cells('firstResponse'),
          nextUpdate: cells('nextUpdate') ?? keptUpdate(cells('priority'), known),
          resolution: cells('resolution'),
          coverage: cells('coverage'),
        })),
        channels: kept('channels', () => channelsOf(rows), before?.channels ?? []),
        uptimePercent: kept('uptimePercent', () => number('uptimePercent'), before?.uptimePercent),
        achievementPercent: kept(
          'achievementPercent',
          () => number('achievementPercent'),
          before?.achievementPercent,
        ),
        credits: kept('creditPercentPerBreach', () => creditsOf(number), before?.credits),
        features: kept('features', () => readListCell(first('features') ?? ''), before?.features ?? []),
        notes: kept('notes', () => first('notes'), before?.notes),
      },
    },
    facts,
  );
};

const keptUpdate = (priority: string | undefined, known: TierTermsContent | null) =>
  known?.terms.commitments.find((other) => identifierKey(other.priority) === identifierKey(priority ?? ''))
    ?.nextUpdate;

const creditsOf = (number: (field: string) => number | undefined) => {
  const [percentPerBreach, monthlyCapPercent] = [
    number('creditPercentPerBreach'),
    number('creditMonthlyCapPercent'),
  ];
  return percentPerBreach === undefined && monthlyCapPercent === undefined
    ? undefined
    : { percentPerBreach, monthlyCapPercent };
};

/** A channel that only some records list is promised for their priorities alone. */
const channelsOf = (rows: readonly MatrixRow[]): readonly ChannelPromise[] => {
  const listed = new Map<string, { channel: string; coverage?: string; priorities: string[] }>();
  for (const { cells } of rows)
    for (const item of readListCell(cells('channels') ?? '')) {
      const channel = readChannel(item);
      const key = canonicalJson([identifierKey(channel.channel), channel.coverage]);
      const promise = listed.get(key) ?? { ...channel, priorities: [] };
      const priority = cells('priority')!;
      if (!promise.priorities.includes(priority)) promise.priorities.push(priority);
      listed.set(key, promise);
    }
  return [...listed.values()].map(({ priorities, ...channel }) =>
    priorities.length === rows.length ? channel : { ...channel, priorities },
  );
};

/** Whether two tiers promise the same, however their channels are ordered or spelled out. */
export const sameTierTerms = (a: TierTermsContent, b: TierTermsContent): boolean =>
  canonicalJson(comparable(a)) === canonicalJson(comparable(b));

const comparable = ({ key, terms, ...tier }: TierTermsContent) => {
  const all = terms.commitments.length;
  const channels = terms.channels
    .map(({ channel, priorities, coverage }) =>
      canonicalJson([
        channel,
        coverage ?? null,
        priorities && priorities.length < all ? [...priorities].sort() : null,
      ]),
    )
    .sort();
  const { uptimePercent = null, achievementPercent = null, credits = null, notes = null } = terms;
  const rest = { ...terms, channels, uptimePercent, achievementPercent, credits, notes };
  return { ...tier, key: identifierKey(key), terms: rest };
};

const parseTier = (raw: object, facts: ContentFacts): TierTermsContent => {
  try {
    return parseContent('TIER_TERMS', raw, facts);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw invalid([sheetField(error.path)], error.message);
  }
};

const FIELD_OF: Readonly<Record<string, string>> = {
  key: 'tier',
  name: 'tierName',
  percentPerBreach: 'creditPercentPerBreach',
  monthlyCapPercent: 'creditMonthlyCapPercent',
  commitments: 'priority',
  terms: 'tier',
};

/** The innermost name in the path that is a field rather than a place in a list. */
const sheetField = (path: readonly string[]): string => {
  if (path[1] === 'channels') return 'channels';
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? 'tier';
  return FIELD_OF[name] ?? name;
};
