import type { Instant } from '../shared/instant.js';
import type { ChangeStatus } from './change-status.js';
import type { ApprovedVersion, Proposal } from './change.events.js';
import type { ChangeKind, Subject } from './content.js';

export interface OpenChange extends Proposal {
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly subject: Subject;
  readonly revision: number;
  readonly proposedBy: string;
  /** When this revision was written. */
  readonly writtenAt: Instant;
  readonly expiresAt?: Instant;
  /** Of this revision, in order. */
  readonly approvals: readonly string[];
}

export interface DecidedChange {
  readonly status: Exclude<ChangeStatus, 'PROPOSED'>;
  readonly approvals: readonly string[];
}

/** What the decisions about a subject need to know of its past. */
export interface SubjectState {
  readonly latest: ApprovedVersion | null;
  readonly open: ReadonlyMap<string, OpenChange>;
  /** Only ever added to, so successive states share it. */
  readonly decided: ReadonlyMap<string, DecidedChange>;
  /** Why nothing here can be approved yet (an import that is still being read, or that failed); null: it can. */
  readonly notReady: string | null;
}

export const INITIAL_SUBJECT: SubjectState = {
  latest: null,
  open: new Map(),
  decided: new Map(),
  notReady: null,
};
