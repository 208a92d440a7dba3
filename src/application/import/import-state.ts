import type { RecordedEvent } from '../../domain/events.js';
import type { ImportContent } from '../../domain/change/content.js';
import { Claims } from '../../domain/import/reference-facts.js';
import type { RowOutcome, StagedRow } from '../../domain/import/import.events.js';
import type { EventStore } from '../ports/event-store.js';

export type RowCounts = Readonly<Partial<Record<RowOutcome, number>>>;

/** How far an import has been analysed. */
export interface AnalysisState {
  /** The proposal, as first made: who asked, and how the sheet is to be read; null: there is none. */
  readonly proposal: Extract<RecordedEvent, { type: 'ChangeProposed' }> | null;
  readonly finished: boolean;
  /** The last record that is staged; 0: none. */
  readonly staged: number;
  readonly counts: RowCounts;
  readonly claims: Claims;
  /** Revision of the stream's last event; -1: there is no such stream. */
  readonly revision: bigint;
}

/** Reads an import's stream as far as it goes. Rejects with EventStoreError. */
export const analysisState = async (events: EventStore, stream: string): Promise<AnalysisState> => {
  const claims = new Claims();
  let proposal: AnalysisState['proposal'] = null;
  let finished = false;
  let staged = 0;
  let counts: RowCounts = {};
  let revision = -1n;
  for await (const event of events.readStream(stream)) {
    revision = event.revision;
    if (event.type === 'ChangeProposed') proposal ??= event;
    if (event.type === 'ImportAnalysed' || event.type === 'ImportFailed') finished = true;
    if (event.type !== 'ImportRowsStaged') continue;
    for (const row of event.data.rows) claims.take(row);
    staged = event.data.rows.at(-1)?.record ?? staged;
    counts = counted(counts, event.data.rows);
  }
  return { proposal, finished, staged, counts, claims, revision };
};

export const counted = (before: RowCounts, rows: readonly StagedRow[]): RowCounts => {
  const counts: Partial<Record<RowOutcome, number>> = { ...before };
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

export const importContentOf = (content: object): ImportContent | null =>
  'importId' in content && 'sha256' in content ? (content as ImportContent) : null;
