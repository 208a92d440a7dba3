import type { ChangeStatus } from '../../../domain/change/change-status.js';
import type { ChangeContent, ChangeKind, Subject } from '../../../domain/change/content.js';
import type { Instant } from '../../../domain/shared/instant.js';
import type { LintWarning } from '../../../domain/terms/terms.js';
import type { ChangeStep } from '../../read-models/changes.read-model.js';
import type { FieldDelta } from '../../../domain/change/field-deltas.js';
import type { PositionText, Version } from './promise.views.js';

export type { FieldDelta } from '../../../domain/change/field-deltas.js';

export interface ChangeEntry {
  readonly kind: ChangeStep['kind'];
  readonly actor: string;
  readonly at: Instant;
  readonly text: string | null;
  readonly revision: number;
}

export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly status: ChangeStatus;
  readonly subject: Subject;
  readonly revision: number;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly reason: string | null;
  readonly effectiveFrom: Instant | null;
  readonly effectiveUntil: Instant | null;
  readonly baseVersion: number | null;
  readonly stale: boolean;
  readonly content: ChangeContent;
  readonly diff: readonly FieldDelta[];
  readonly lint: readonly LintWarning[];
  /** Known versions that will follow or interrupt it, in order of time; none once it is decided. */
  readonly followedBy: readonly Version[];
  readonly approvals: readonly string[];
  readonly approvalsNeeded: number;
  readonly timeline: readonly ChangeEntry[];
  readonly decidedAt: Instant | null;
  /** When it lapses if nobody decides. */
  readonly expiresAt: Instant | null;
  /** Number of the version it became. */
  readonly versionNumber: number | null;
}

/** An approved version as the feed tells of it. */
export interface ApprovedChange {
  readonly position: PositionText;
  readonly change: Change;
  readonly version: Version;
}
