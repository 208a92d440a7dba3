import type { ApprovedVersion, ImportRowApplied } from '../../domain/change/change.events.js';
import { evolveSubject } from '../../domain/change/subject.evolve.js';
import { INITIAL_SUBJECT } from '../../domain/change/subject.state.js';
import type { RecordedEvent } from '../../domain/events.js';
import type { ImportProgressed, StagedRow } from '../../domain/import/import.events.js';
import { appliedVersion, rowVersions, type RowVersion } from '../../domain/import/row-versions.js';
import { streamOf } from '../../domain/shared/streams.js';
import { EventStoreError, type Append, type EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { causedBy } from './import-metadata.js';
import { importContentOf } from './import-state.js';

export type ImportApproved = Extract<RecordedEvent, { type: 'ChangeApproved' }>;

/** Records applied between two notes of the progress; with customer and contract, one group commit of the embedded log. */
const BATCH = 450;
/** Runs of staged rows read ahead; each may be a fifth of a megabyte. */
const RUNS_AT_ONCE = 8;
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
    const one = new OneImport(this.events, this.ids, approved, content.importId, progress.applied);
    let batch: StagedRow[] = [];
    for await (const row of this.rows(approved, progress.applied)) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      if (signal?.aborted) return;
      await one.applyBatch(batch);
      batch = [];
    }
    if (signal?.aborted) return;
    if (batch.length > 0) await one.applyBatch(batch);
    await one.finish();
  }

  /** The staged rows after a record, a few runs at a time: an import may be larger than memory likes. */
  private async *rows({ stream, revision }: ImportApproved, after: number): AsyncGenerator<StagedRow> {
    for (let from = 0n; from < revision; from += BigInt(RUNS_AT_ONCE))
      for await (const event of this.events.readStream(stream, { fromRevision: from, limit: RUNS_AT_ONCE }))
        if (event.type === 'ImportRowsStaged' && event.revision < revision)
          for (const row of event.data.rows) if (row.record > after) yield row;
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
  /** The progress that is not written down yet. */
  private noted: ImportProgressed | null = null;

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

  async applyBatch(rows: readonly StagedRow[]): Promise<void> {
    const versions = rows.flatMap(rowVersions);
    const skipped = new Map<number, Skipped>();
    const toSettle = versions.filter(({ baseVersion }) => baseVersion > 0);
    // What nobody knew needs no reading: its stream must not exist, and the log sees to that.
    const fresh = versions.filter(({ baseVersion }) => baseVersion === 0);
    const appends = fresh.map((version) => this.append(version, null, 'NO_STREAM'));
    // The note of the batch before goes along, so that it costs no flush of its own.
    const notes = this.takeNote();
    const answers = await this.events.appendMany([...notes, ...appends]);
    answers.forEach((answer, place) => {
      if (!(answer instanceof EventStoreError)) return;
      const version = fresh[place - notes.length];
      if (answer.kind !== 'CONFLICT' || !version) throw answer;
      toSettle.push(version);
    });
    for (let from = 0; from < toSettle.length; from += READS_AT_ONCE) {
      const settled = toSettle.slice(from, from + READS_AT_ONCE).map((version) => this.settle(version));
      for (const skip of await Promise.all(settled)) if (skip) skipped.set(skip.record, skip);
    }
    this.applied = rows.at(-1)?.record ?? this.applied;
    this.noted = this.noteOf([...skipped.values()], false);
  }

  async finish(): Promise<void> {
    const skipped = this.noted?.data.skipped ?? [];
    await this.events.append(this.appendNote(this.noteOf(skipped, true)));
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

  private takeNote(): readonly Append[] {
    const { noted } = this;
    this.noted = null;
    return noted ? [this.appendNote(noted)] : [];
  }

  private noteOf(skipped: readonly Skipped[], done: boolean): ImportProgressed {
    return {
      type: 'ImportProgressed',
      data: { importId: this.importId, applied: this.applied, skipped, done },
    };
  }

  private appendNote({ type, data }: ImportProgressed): Append {
    const { metadata, approved } = this;
    const id = this.ids.derived('import-progress', data.importId, String(data.applied), String(data.done));
    // Others may comment on the import meanwhile; the id alone keeps this from being said twice.
    return { stream: approved.stream, expected: 'ANY', events: [{ id, type, data, metadata }] };
  }
}

const changedSince = ({ record, subject }: RowVersion, latest: ApprovedVersion | null): Skipped => ({
  record,
  message: `${subject.kind === 'TIER' ? 'Tier' : subject.kind === 'CONTRACT' ? 'Contract' : 'Customer'} ${subject.id} has changed since the sheet was analysed (version ${latest?.number ?? 0} now), so this record was left alone.`,
});
