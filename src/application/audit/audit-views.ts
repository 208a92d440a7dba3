import type { ChangeContent, Subject } from '../../domain/change/content.js';
import type { Freshness } from '../ports/freshness.js';
import type { ReadStore } from '../ports/read-store.js';
import type { AuditEntry } from '../queries/views.js';
import type { AuditEntryDocument } from '../read-models/audit.read-model.js';
import { CHANGES } from '../read-models/changes.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { HISTORY } from '../read-models/history.read-model.js';

/** Versions looked through at a time for the one before. */
const STEP = 8;

/**
 * Entries as they are shown: with the states before and after, which the history holds. Read past what lookups keep: an
 * export goes through every version there is, and would leave nothing there that anybody asks for again.
 */
export class AuditViews {
  constructor(
    private readonly store: ReadStore,
    private readonly freshness: Freshness,
  ) {}

  async view(entry: AuditEntryDocument): Promise<AuditEntry> {
    const after = (await this.approved(entry)) ?? entry.after ?? null;
    const before = entry.before ?? (after && (await this.before(entry, after)));
    return {
      id: entry.eventId,
      position: entry.position,
      recordedAt: entry.recordedAt,
      actor: entry.actor,
      roles: entry.roles,
      type: entry.eventType,
      subject: await this.subject(entry),
      changeId: entry.changeId ?? null,
      reason: entry.reason ?? null,
      before,
      after,
      correlationId: entry.correlationId,
      causationId: entry.causationId,
      commandId: entry.commandId,
      via: entry.via ?? null,
    };
  }

  private async approved(entry: AuditEntryDocument): Promise<ChangeContent | null> {
    const { orgId, subjectKind, subjectKey, version: number, position } = entry;
    if (number === undefined || subjectKind === undefined || subjectKey === undefined) return null;
    const read = async () => {
      const [found] = await this.store.find(HISTORY, {
        index: 'bySubject',
        equals: [orgId, subjectKind, subjectKey],
        range: { gte: number, lte: number },
        limit: 1,
      });
      return found?.document.version.content;
    };
    const content = await read();
    if (content) return content;
    // Read models are written one after another; the history may be a moment behind.
    await this.freshness.atLeast(BigInt(position), [HISTORY.name]);
    const later = await read();
    if (!later) throw new Error(`Version ${number} of ${subjectKind} ${subjectKey} is not in the history.`);
    return later;
  }

  /** The latest version before that says the same kind of thing: a waiver says nothing about a customer's mapping. */
  private async before(entry: AuditEntryDocument, after: object): Promise<ChangeContent | null> {
    const { orgId, subjectKind, subjectKey, beforeVersion } = entry;
    if (!beforeVersion || subjectKind === undefined || subjectKey === undefined) return null;
    const isWaiver = 'exceptionId' in after;
    for (let number = beforeVersion; number > 0;) {
      const found = await this.store.find(HISTORY, {
        index: 'bySubject',
        equals: [orgId, subjectKind, subjectKey],
        range: { lte: number },
        order: 'desc',
        limit: STEP,
      });
      for (const { document } of found)
        if ((document.version.kind === 'WAIVER') === isWaiver) return document.version.content;
      number = found.length < STEP ? 0 : found.at(-1)!.document.number - 1;
    }
    return null;
  }

  private async subject(entry: AuditEntryDocument): Promise<Subject | null> {
    const { orgId, subject, subjectKind, subjectKey, changeId } = entry;
    if (subject) return subject;
    const change =
      changeId === undefined ? null : await this.store.get(CHANGES, documentKey(orgId, changeId));
    if (change) return change.subject;
    return subjectKind !== undefined && subjectKey !== undefined
      ? { kind: subjectKind, id: subjectKey }
      : null;
  }
}
