import type { Subject, SubjectKind } from '../../domain/change/content.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel } from '../ports/read-store.js';

/**
 * What happened, by one event. States that the history holds are pointed at, not copied: an import of a hundred thousand
 * rows leaves as many small entries.
 */
export interface AuditEntryDocument {
  readonly type: 'entry';
  readonly orgId: string;
  readonly position: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly roles: readonly string[];
  readonly subjectKind?: SubjectKind;
  readonly subjectKey?: string;
  /** As first written; absent where the event does not repeat it. */
  readonly subject?: Subject;
  readonly changeId?: string;
  readonly reason?: string;
  /** Number of the version that this event made; its content is the state afterwards. */
  readonly version?: number;
  /** Number of the version that the state before is looked for in, at or below it; absent: there is none to show. */
  readonly beforeVersion?: number;
  readonly before?: object;
  readonly after?: object;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
  readonly via?: string;
}

/** A person or a key as last recorded: the fold's own memory, so that the next entry can say what was before. */
export interface AuditMemberDocument {
  readonly type: 'member';
  readonly orgId: string;
  readonly state: object;
}

export type AuditDocument = AuditEntryDocument | AuditMemberDocument;

export const AUDIT: ReadModel<AuditDocument> = {
  name: 'audit',
  version: 1,
  indexes: {
    all: ['orgId', 'position'],
    byTime: ['orgId', 'recordedAt'],
    byActor: ['orgId', 'actor', 'position'],
    byType: ['orgId', 'eventType', 'position'],
    bySubject: ['orgId', 'subjectKind', 'subjectKey', 'position'],
    byChange: ['orgId', 'changeId', 'position'],
  },
};
