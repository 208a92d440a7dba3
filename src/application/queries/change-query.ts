import { contentDeltas } from '../../domain/change/field-deltas.js';
import { approvalsNeeded } from '../../domain/change/policy.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { ApprovalPolicyContent } from '../../domain/change/content.js';
import { streamOf } from '../../domain/shared/streams.js';
import type { SubjectRepository } from '../commands/subject-repository.js';
import type { ReadStore } from '../ports/read-store.js';
import { CHANGES, type ChangeDocument } from '../read-models/changes.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { HISTORY } from '../read-models/history.read-model.js';
import { indexFor, statusOf, type ChangeFilter } from './change-index.js';
import type { HistoryQuery } from './history-query.js';
import type { ImportDiff } from './import-diff.js';
import { pageOf } from './list.js';
import type { MatrixQuery } from './matrix-query.js';
import type { MatrixReader } from './matrix-reader.js';
import type { Connection, PageRequest } from './page.js';
import type { PointsInTime } from './points-in-time.js';
import { ProposalLint } from './proposal-lint.js';
import { versionView } from './version-view.js';
import type { Change, FieldDelta, Version } from './views.js';

/** What the changes of an organization are seen against. */
interface Around {
  readonly policy: ApprovalPolicyContent;
  readonly tiersInForce: () => ReturnType<MatrixQuery['tiers']>;
}

/** Proposals with what a reviewer needs: the difference, the warnings, the life so far. */
export class ChangeQuery {
  private readonly lint: ProposalLint;

  constructor(
    private readonly store: ReadStore,
    private readonly subjects: SubjectRepository,
    private readonly reader: MatrixReader,
    private readonly matrix: MatrixQuery,
    private readonly history: HistoryQuery,
    private readonly imports: ImportDiff,
    private readonly times: PointsInTime,
  ) {
    this.lint = new ProposalLint(matrix, imports, times);
  }

  async change(orgId: string, changeId: string): Promise<Change | null> {
    const document = await this.document(orgId, changeId);
    return document && this.view(document);
  }

  document(orgId: string, changeId: string): Promise<ChangeDocument | null> {
    return this.store.get(CHANGES, documentKey(orgId, changeId));
  }

  /** Newest first. `caller` is who `awaitingMe` means. */
  async changes(
    orgId: string,
    caller: { readonly subject: string; readonly mayDecide: boolean },
    filter: ChangeFilter,
    request: PageRequest,
  ): Promise<Connection<Change>> {
    const { status, kind, proposedBy, subject, awaitingMe } = filter;
    const around = await this.around(orgId);
    const { policy } = around;
    const now = this.times.now();
    const awaits = (document: ChangeDocument): boolean =>
      caller.mayDecide &&
      document.status === 'PROPOSED' &&
      (document.expiresAt === undefined || document.expiresAt > now) &&
      !document.approvals.includes(caller.subject) &&
      (document.proposedBy !== caller.subject || policy.allowSelfApproval);
    const subjectKey = subject && (subject.kind === 'APPROVAL_POLICY' ? 'policy' : identifierKey(subject.id));
    const matches = (document: ChangeDocument): boolean =>
      (status === undefined || statusOf(document, now) === status) &&
      (kind === undefined || document.kind === kind) &&
      (proposedBy === undefined || document.proposedBy === proposedBy) &&
      (subject === undefined ||
        (document.subjectKind === subject.kind && document.subjectKey === subjectKey)) &&
      (!awaitingMe || awaits(document));
    return pageOf<ChangeDocument, Change>(
      this.store,
      {
        model: CHANGES,
        where: { ...indexFor(orgId, filter, subjectKey), order: 'desc' },
        scope: { orgId, list: `changes ${JSON.stringify([filter, awaitingMe ? caller.subject : null])}` },
        ...(Object.values(filter).some((value) => value !== undefined && value !== null) && { matches }),
        view: (document) => this.view(document, around),
      },
      request,
    );
  }

  /** @param around read once for changes that are shown together */
  async view(document: ChangeDocument, around?: Around): Promise<Change> {
    const { orgId, kind, content, subject } = document;
    const { policy, tiersInForce } = around ?? (await this.around(orgId));
    const status = statusOf(document, this.times.now());
    return {
      id: document.changeId,
      kind,
      status,
      subject,
      revision: document.revision,
      proposedBy: document.proposedBy,
      proposedAt: document.proposedAt,
      reason: document.reason ?? null,
      effectiveFrom: document.effectiveFrom ?? null,
      effectiveUntil: document.effectiveUntil ?? null,
      baseVersion: document.baseVersion === 0 ? null : document.baseVersion,
      stale: status === 'PROPOSED' && (await this.isOvertaken(document)),
      content,
      diff: await this.diff(document),
      lint: await this.lint.warnings(document, tiersInForce),
      followedBy: status === 'PROPOSED' ? await this.followers(document) : [],
      approvals: document.approvals,
      approvalsNeeded: approvalsNeeded(policy, kind, content),
      timeline: document.timeline.map((step) => ({ ...step, text: step.text ?? null })),
      decidedAt: document.decidedAt ?? (status === 'EXPIRED' ? (document.expiresAt ?? null) : null),
      expiresAt: document.expiresAt ?? null,
      versionNumber: document.versionNumber ?? null,
    };
  }

  private async around(orgId: string): Promise<Around> {
    let tiers: ReturnType<MatrixQuery['tiers']> | undefined;
    const read = async () =>
      this.matrix.tiers(orgId, await this.reader.matrixOf(orgId), this.times.present());
    return { policy: await this.subjects.policy(orgId), tiersInForce: () => (tiers ??= read()) };
  }

  /** Whether its subject has gained a version since it was proposed, as the log has it now. */
  private async isOvertaken({ orgId, subject, baseVersion }: ChangeDocument): Promise<boolean> {
    const { latest } = await this.subjects.load(streamOf(orgId, subject));
    return (latest?.number ?? 0) !== baseVersion;
  }

  /** Against what is in force now; once decided, against what it was made against. */
  private async diff(document: ChangeDocument): Promise<readonly FieldDelta[]> {
    const { orgId, subjectKind, subjectKey, status, baseVersion, kind, content } = document;
    if ('importId' in content)
      return this.imports.deltas(orgId, content, await this.times.settle(orgId, undefined, undefined));
    if (kind === 'WAIVER') return contentDeltas(null, content);
    const timeline = await this.history.timeline(orgId, subjectKind, subjectKey, kind);
    const number = status === 'PROPOSED' ? timeline.at(this.times.now())?.number : baseVersion;
    const before = number
      ? await this.store.get(HISTORY, documentKey(orgId, subjectKind, subjectKey, String(number)))
      : null;
    // A retired tier promises nothing, and a waiver in the same stream says nothing about the mapping.
    const said = before && before.version.kind !== 'TIER_RETIREMENT' && before.version.kind !== 'WAIVER';
    return contentDeltas(said ? before.version.content : null, kind === 'TIER_RETIREMENT' ? null : content);
  }

  /** Of the versions known now those that begin while it would bind, in order of time. */
  private async followers({
    orgId,
    kind,
    subjectKind,
    subjectKey,
    effectiveFrom,
    effectiveUntil,
  }: ChangeDocument): Promise<readonly Version[]> {
    const timeline = await this.history.timeline(orgId, subjectKind, subjectKey, kind);
    const start = effectiveFrom ?? this.times.now();
    const later = timeline
      .segments()
      .map(({ mark }) => mark)
      .filter((mark) => mark.effectiveFrom > start)
      .filter((mark) => effectiveUntil === undefined || mark.effectiveFrom < effectiveUntil);
    return Promise.all(
      [...new Set(later)].map(async (mark) =>
        versionView(await this.reader.version(orgId, subjectKind, subjectKey, mark), timeline, mark),
      ),
    );
  }
}
