import type { PromiseSource } from '../../../domain/binding/bind.js';
import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import type { ChangeContent, Subject } from '../../../domain/change/content.js';
import type { Instant, LocalDate } from '../../../domain/shared/instant.js';
import type { Commitment, LintWarning, Terms } from '../../../domain/terms/terms.js';

export type { PromiseSource } from '../../../domain/binding/bind.js';
export type { Subject } from '../../../domain/change/content.js';
export type {
  ChannelPromise,
  Commitment,
  CreditRule,
  LintWarning,
  Terms,
} from '../../../domain/terms/terms.js';

/** The log position, fixed width: see `positionText`. */
export type PositionText = string;

/** Half open; `to` null: without end. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Version {
  readonly number: number;
  readonly subject: Subject;
  readonly effectiveFrom: Instant;
  readonly effectiveTo: Instant | null;
  readonly periods: readonly Period[];
  readonly recordedAt: Instant;
  readonly position: PositionText;
  readonly changeId: string;
  readonly proposedBy: string;
  readonly approvedBy: readonly string[];
  readonly reason: string | null;
  readonly backdated: boolean;
  readonly selfApproved: boolean;
  readonly terms: Terms | null;
  readonly content: ChangeContent;
}

export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly version: Version;
  readonly terms: Terms;
  readonly scheduled: readonly Version[];
}

export interface Matrix {
  readonly at: Instant;
  readonly knownAt: Instant;
  readonly position: PositionText;
  readonly tiers: readonly Tier[];
  readonly lint: readonly LintWarning[];
}

export interface CoverageState {
  readonly key: string;
  readonly open: boolean;
  readonly nextChangeAt: Instant | null;
  readonly timeZone: string;
}

export interface ChannelState {
  readonly channel: string;
  readonly promised: boolean;
  readonly openNow: boolean;
}

export interface BindingSla {
  readonly type: 'BindingSla';
  readonly customerId: string | null;
  readonly contractId: string | null;
  readonly tier: string;
  readonly source: PromiseSource;
  readonly terms: Terms;
  readonly commitment: Commitment | null;
  readonly coverage: CoverageState | null;
  readonly channel: ChannelState | null;
  readonly version: Version;
  readonly at: Instant;
  readonly knownAt: Instant;
  readonly explanation: readonly string[];
}

export type ExceptionStatus = 'OPEN' | 'ACKNOWLEDGED' | 'WAIVED' | 'RESOLVED';

export interface CandidatePromise {
  readonly source: PromiseSource;
  readonly tier: string;
  readonly terms: Terms | null;
  readonly version: Version | null;
}

export interface SlaException {
  readonly type: 'SlaException';
  readonly id: string;
  /** The exception of the same kind that the customer had before; null: it is the first. */
  readonly previousId: string | null;
  readonly kind: ExceptionKind;
  readonly status: ExceptionStatus;
  readonly customerId: string | null;
  readonly contractId: string | null;
  readonly mappedTier: string | null;
  readonly contractTier: string | null;
  readonly candidates: readonly CandidatePromise[];
  readonly since: Instant;
  readonly until: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  /** Who sees to it. */
  readonly owner: string | null;
  /** By when it is to be seen to. */
  readonly dueOn: LocalDate | null;
  readonly resolution: string;
  readonly explanation: readonly string[];
}

export interface UnknownCustomer {
  readonly type: 'UnknownCustomer';
  readonly id: string;
  readonly nearest: readonly string[];
}

export type LookupResult = BindingSla | SlaException | UnknownCustomer;

export interface CommitmentDelta {
  readonly tier: string;
  readonly priority: string | null;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changeId: string;
}

export interface MatrixDiff {
  readonly from: Instant;
  readonly to: Instant;
  readonly deltas: readonly CommitmentDelta[];
}

export interface TurningPoint {
  readonly at: Instant;
  readonly subjects: readonly Subject[];
}
