import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import type { ChangeStatus } from '../../domain/change/change-status.js';
import type { ChangeContent, ChangeKind, Subject } from '../../domain/change/content.js';
import type { RowOutcome } from '../../domain/import/import.events.js';
import type { Role } from '../../domain/organization/organization.events.js';
import type { ErrorCode } from '../../domain/shared/domain-error.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { Commitment, LintWarning, Terms } from '../../domain/terms/terms.js';
import type { ChangeStep } from '../read-models/changes.read-model.js';
import type { ImportStatus } from '../read-models/imports.read-model.js';

export type { ChannelPromise, Commitment, CreditRule, LintWarning, Terms } from '../../domain/terms/terms.js';
export type { Subject } from '../../domain/change/content.js';

/**
 * What queries and commands answer, whoever asks: plain JSON under the names of the public contract. Instants are in
 * UTC; what is unknown or not promised is null, never left out, except within terms and content, which stay as approved.
 */

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

export type PromiseSource =
  'TIER' | 'CONTRACT_OVERRIDE' | 'WAIVER' | 'INBOX_DEFAULT' | 'STRICTER_OF_BOTH' | 'CONTRACT_WINS';

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

export interface FieldDelta {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

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
  readonly approvals: readonly string[];
  readonly approvalsNeeded: number;
  readonly timeline: readonly ChangeEntry[];
  readonly decidedAt: Instant | null;
  /** When it lapses if nobody decides. */
  readonly expiresAt: Instant | null;
  /** Number of the version it became. */
  readonly versionNumber: number | null;
}

export interface Contract {
  readonly id: string;
  readonly customerId: string;
  readonly tier: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly overrides: Terms | null;
  /** Decimal text. */
  readonly annualValue: string | null;
  readonly currency: string | null;
  readonly creditsEnabled: boolean;
  readonly csmEmail: string | null;
  readonly version: Version;
}

export interface Customer {
  readonly id: string;
  readonly name: string | null;
  readonly mappedTier: string | null;
  readonly contracts: readonly Contract[];
  readonly exceptions: readonly SlaException[];
}

export interface ImportRow {
  readonly record: number;
  readonly outcome: RowOutcome;
  readonly customerId: string | null;
  readonly contractId: string | null;
  readonly field: string | null;
  readonly message: string | null;
  readonly duplicateOf: number | null;
  readonly exception: ExceptionKind | null;
}

/** Its rows are a list of their own. */
export interface Import {
  readonly id: string;
  readonly change: Change;
  readonly status: ImportStatus;
  readonly columns: Readonly<Record<string, string>>;
  readonly total: number;
  readonly applied: number;
  readonly skipped: number;
  readonly counts: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly failure: string | null;
}

/** An approved version as the feed tells of it. */
export interface ApprovedChange {
  readonly position: PositionText;
  readonly change: Change;
  readonly version: Version;
}

export interface Me {
  readonly subject: string;
  readonly organization: string;
  readonly roles: readonly Role[];
}

/** An expected refusal; `path` names the input field at fault, outermost first. */
export interface UserError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly existingId: string | null;
}

/** Either what the mutation reached, or why it was refused. */
interface Payload {
  readonly position: PositionText | null;
  readonly userErrors: readonly UserError[];
}
export interface ChangePayload extends Payload {
  readonly change: Change | null;
}
export interface ImportPayload extends Payload {
  readonly import: Import | null;
}
export interface SlaExceptionPayload extends Payload {
  readonly exception: SlaException | null;
}

export interface SignInPayload {
  readonly token: string | null;
  readonly expiresAt: Instant | null;
  readonly userErrors: readonly UserError[];
}
