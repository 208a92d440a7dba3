import type { Event } from '../shared/recorded.js';
import type { Instant, LocalDate } from '../shared/instant.js';
import type { ChangeContent, ChangeKind, Subject } from './content.js';

/** What is asked for, at one revision of a proposal. */
export interface Proposal {
  readonly content: ChangeContent;
  /** Absent: from the moment of approval. */
  readonly effectiveFrom?: Instant;
  /** End of a temporary concession, exclusive. */
  readonly effectiveUntil?: Instant;
  readonly reason?: string;
  /** Number of the subject's latest version when this revision was written; 0: none yet. */
  readonly baseVersion: number;
}

/** An approved state of a subject, as the approving event carries it whole. */
export interface ApprovedVersion {
  readonly number: number;
  readonly kind: ChangeKind;
  readonly subject: Subject;
  readonly content: ChangeContent;
  readonly effectiveFrom: Instant;
  readonly effectiveUntil?: Instant;
  readonly proposedBy: string;
  readonly approvedBy: readonly string[];
  readonly reason?: string;
  readonly backdated: boolean;
  readonly selfApproved: boolean;
  /** The zone that dates in the content are read in, as settled at approval. */
  readonly timeZone: string;
}

export type ChangeProposed = Event<
  'ChangeProposed',
  Proposal & {
    readonly changeId: string;
    readonly kind: ChangeKind;
    readonly subject: Subject;
    readonly revision: 1;
    /** When an undecided proposal lapses; absent: never. */
    readonly expiresAt?: Instant;
  }
>;
export type ChangeRevised = Event<
  'ChangeRevised',
  Proposal & { readonly changeId: string; readonly revision: number; readonly expiresAt?: Instant }
>;
/** An approval that does not yet reach the quorum. */
export type ApprovalGiven = Event<
  'ApprovalGiven',
  {
    readonly changeId: string;
    readonly revision: number;
    readonly approver: string;
    readonly comment?: string;
  }
>;
/** The approval that reaches the quorum: the version takes effect with it, in one event. */
export type ChangeApproved = Event<
  'ChangeApproved',
  {
    readonly changeId: string;
    readonly revision: number;
    readonly approver: string;
    readonly comment?: string;
    readonly version: ApprovedVersion;
  }
>;
export type ChangeRejected = Event<
  'ChangeRejected',
  { readonly changeId: string; readonly revision: number; readonly reason: string }
>;
export type ChangeWithdrawn = Event<
  'ChangeWithdrawn',
  { readonly changeId: string; readonly revision: number; readonly reason?: string }
>;
export type ChangeExpired = Event<'ChangeExpired', { readonly changeId: string; readonly revision: number }>;
export type ChangeCommented = Event<
  'ChangeCommented',
  { readonly changeId: string; readonly revision: number; readonly text: string }
>;
/** A version that an approved import made; its approval is the import's. */
export type ImportRowApplied = Event<
  'ImportRowApplied',
  {
    readonly changeId: string;
    readonly importId: string;
    /** Data record of the sheet, from 1. */
    readonly record: number;
    readonly version: ApprovedVersion;
  }
>;
export type ExceptionAcknowledged = Event<
  'ExceptionAcknowledged',
  {
    readonly exceptionId: string;
    readonly note: string;
    readonly acknowledgedBy: string;
    /** Who sees to it. */
    readonly owner?: string;
    /** By when it is to be seen to. */
    readonly dueOn?: LocalDate;
  }
>;

/** Everything that can happen in the stream of a subject. */
export type SubjectEvent =
  | ChangeProposed
  | ChangeRevised
  | ApprovalGiven
  | ChangeApproved
  | ChangeRejected
  | ChangeWithdrawn
  | ChangeExpired
  | ChangeCommented
  | ImportRowApplied
  | ExceptionAcknowledged;
