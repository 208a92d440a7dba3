import type { ChangeStatus } from '../../domain/change/change-status.js';
import type { ChangeContent, ChangeKind, Subject, SubjectKind } from '../../domain/change/content.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel } from '../ports/read-store.js';

/** One step in the life of a change. */
export interface ChangeStep {
  readonly kind:
    'PROPOSED' | 'REVISED' | 'APPROVAL' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED' | 'COMMENT';
  readonly actor: string;
  readonly at: Instant;
  readonly text?: string;
  readonly revision: number;
}

export interface ChangeDocument {
  readonly orgId: string;
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly status: ChangeStatus;
  readonly subject: Subject;
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly revision: number;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  /** Position of the proposal: the order of the list. */
  readonly proposedPosition: string;
  readonly content: ChangeContent;
  readonly effectiveFrom?: Instant;
  readonly effectiveUntil?: Instant;
  readonly reason?: string;
  readonly baseVersion: number;
  readonly expiresAt?: Instant;
  /** Of the current revision. */
  readonly approvals: readonly string[];
  readonly timeline: readonly ChangeStep[];
  readonly decidedAt?: Instant;
  /** The version it became. */
  readonly versionNumber?: number;
  /** Last event reflected. */
  readonly position: string;
}

export const CHANGES: ReadModel<ChangeDocument> = {
  name: 'changes',
  version: 1,
  indexes: {
    all: ['orgId', 'proposedPosition'],
    byStatus: ['orgId', 'status', 'proposedPosition'],
    byKind: ['orgId', 'kind', 'proposedPosition'],
    byProposer: ['orgId', 'proposedBy', 'proposedPosition'],
    bySubject: ['orgId', 'subjectKind', 'subjectKey', 'proposedPosition'],
    /** Of all organizations: what a sweep looks for. */
    byExpiry: ['status', 'expiresAt'],
  },
};
