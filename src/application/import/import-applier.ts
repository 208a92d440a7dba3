import type { ApprovedVersion, ImportRowApplied } from '../../domain/change/change.events.js';
import { evolveSubject } from '../../domain/change/subject.evolve.js';
import { INITIAL_SUBJECT } from '../../domain/change/subject.state.js';
import type { RecordedEvent } from '../../domain/events.js';
import type { StagedRow } from '../../domain/import/import.events.js';
import { appliedVersion, rowVersions, type RowVersion } from '../../domain/import/row-versions.js';
import { streamOf } from '../../domain/shared/streams.js';
import { EventStoreError, type Append, type EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { causedBy } from './import-metadata.js';
import { importContentOf } from './import-state.js';

export type ImportApproved = Extract<RecordedEvent, { type: 'ChangeApproved' }>;

/** Records applied between two notes of the progress. */
const BATCH = 500;
/** Streams read at the same time. */
const READS_AT_ONCE = 32;
const MAX_ATTEMPTS = 10;

interface Skipped {
  readonly record: number;
  readonly message: string;
}

/**
 * Carries out an approved import: each of its rows becomes a version of the customer, contract or tier it is about, in
 * that subject's own stream. Resumable anywhere: event ids follow from import, record and stream, so what is there
 * already is not appended again, and ImportProgressed says where to go on.
 */
export class ImportApplier {
  constructor(
    private readonly events: EventStore,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Applies what is not applied yet. Rejects with EventStoreError; then it may be tried again.
   *
   * @param signal ends it between two batches
   */
  async apply(approved: ImportApproved, signal?: AbortSignal): Promise<void> {
    const content = importContentOf(approved.data.version.content);
    const progress = content && (await this.progress(approved));
    if (!content || !progress || progress.done) return;
    const import_ = new OneImport(this.events, this.ids, approved, content.importId, progress.applied);
    let batch: StagedRow[] = [];
    for await (const event of this.events.readStream(approved.stream)) {
      if (event.revision >= approved.revision) break;
      if (event.type !== 'ImportRowsStaged') continue;
      for (const row of event.data.rows) {
        if (row.record <= progress.applied) continue;
        batch.push(row);
        if (batch.length < BATCH) continue;
        if (signal?.aborted) return;
        await import_.applyBatch(batch, false);
        batch = [];
      }
    }
    if (!signal?.aborted) await import_.applyBatch(batch, true);
  }

  /** How far an earlier process got. */
  private async progress({ stream, revision }: ImportApproved): Promise<{ applied: number; done: boolean }> {
    let progress = { applied: 0, done: false };
    for await (const event of this.events.readStream(stream, { fromRevision: revision + 1n }))
      if (event.type === 'ImportProgressed') progress = event.data;
    return progress;
  }
}

class OneImport {
  private readonly orgId: string;
  private readonly metadata: ReturnType<typeof causedBy>;

  constructor(
    private readonly events: EventStore,
    private readonly ids: IdGenerator,
    private readonly approved: ImportApproved,
    private readonly importId: string,
    /** The last record dealt with. */
    private applied: number,
  ) {
    this.orgId = approved.metadata.orgId;
    this.metadata = causedBy(approved);
  }

  async applyBatch(rows: readonly StagedRow[], done: boolean): Promise<void> {
    const versions = rows.flatMap(rowVersions);
    const skipped = new Map<number, Skipped>();
    const toSettle = versions.filter(({ baseVersion }) => baseVersion > 0);
    // What nobody knew needs no reading: its stream must not exist, and the log sees to that.
    const fresh = versions.filter(({ baseVersion }) => baseVersion === 0);
    const answers = await this.events.appendMany(
      fresh.map((version) => this.append(version, null, 'NO_STREAM')),
    );
    answers.forEach((answer, place) => {
      if (!(answer instanceof EventStoreError)) return;
      if (answer.kind !== 'CONFLICT') throw answer;
      toSettle.push(fresh[place]!);
    });
    for (let from = 0; from < toSettle.length; from += READS_AT_ONCE) {
      const settled = toSettle.slice(from, from + READS_AT_ONCE).map((version) => this.settle(version));
      for (const skip of await Promise.all(settled)) if (skip) skipped.set(skip.record, skip);
    }
    this.applied = rows.at(-1)?.record ?? this.applied;
    await this.note(this.applied, [...skipped.values()], done);
  }

  /** Appends to a stream that exists, if its subject is still as it was when the record was analysed. */
  private async settle(version: RowVersion): Promise<Skipped | null> {
    const stream = streamOf(this.orgId, version.subject);
    for (let attempt = 1; ; attempt++) {
      const { latest, revision, applied } = await this.load(stream, version.record);
      if (applied) return null;
      if ((latest?.number ?? 0) !== version.baseVersion) return changedSince(version, latest);
      const expected = revision < 0n ? 'NO_STREAM' : revision;
      try {
        await this.events.append(this.append(version, latest, expected));
        return null;
      } catch (error) {
        const beaten = error instanceof EventStoreError && error.kind === 'CONFLICT';
        if (!beaten || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  private async load(stream: string, record: number) {
    let state = INITIAL_SUBJECT;
    let revision = -1n;
    let applied = false;
    for await (const event of this.events.readStream(stream)) {
      state = evolveSubject(state, event);
      revision = event.revision;
      if (event.type !== 'ImportRowApplied') continue;
      applied ||= event.data.importId === this.importId && event.data.record === record;
    }
    return { latest: state.latest, revision, applied };
  }

  private append(version: RowVersion, latest: ApprovedVersion | null, expected: Append['expected']): Append {
    const { importId, metadata, approved } = this;
    const { record, subject } = version;
    const stream = streamOf(this.orgId, subject);
    const data: ImportRowApplied['data'] = {
      changeId: approved.data.changeId,
      importId,
      record,
      version: appliedVersion(version, latest, approved.data.version),
    };
    const id = this.ids.derived('import-row', importId, String(record), stream);
    return { stream, expected, events: [{ id, type: 'ImportRowApplied', data, metadata }] };
  }

  private async note(applied: number, skipped: readonly Skipped[], done: boolean): Promise<void> {
    const { importId, metadata } = this;
    const id = this.ids.derived('import-progress', importId, String(applied), String(done));
    const data = { importId, applied, skipped, done };
    // Others may comment on the import meanwhile; the id alone keeps this from being said twice.
    await this.events.append({
      stream: this.approved.stream,
      expected: 'ANY',
      events: [{ id, type: 'ImportProgressed', data, metadata }],
    });
  }
}

const changedSince = ({ record, subject }: RowVersion, latest: ApprovedVersion | null): Skipped => ({
  record,
  message: `${subject.kind === 'TIER' ? 'Tier' : subject.kind === 'CONTRACT' ? 'Contract' : 'Customer'} ${subject.id} has changed since the sheet was analysed (version ${latest?.number ?? 0} now), so this record was left alone.`,
});
