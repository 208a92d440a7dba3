import type { LocalDate } from '../shared/instant.js';
import type { DurationText, Terms } from '../terms/terms.js';

/**
 * What a change asks for: the propose input's own fields, less effectiveFrom, effectiveUntil, reason and
 * idempotencyKey. Already checked and in one form (see `parse-content.ts`): absent fields are absent.
 */
export interface TierTermsContent {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly terms: Terms;
}

export interface TierRetirementContent {
  readonly key: string;
}

/** One opening of a week. `day` is ISO 1 (Monday) to 7; an `end` not after `start` lies on the next day. */
export interface WeeklyWindow {
  readonly day: number;
  readonly start: string;
  readonly end: string;
}

export interface CoverageContent {
  readonly key: string;
  readonly timeZone: string;
  readonly windows: readonly WeeklyWindow[];
  readonly holidays?: readonly LocalDate[];
  /** Country or region whose public holidays are closed days, e.g. `DE` or `DE-BY`. */
  readonly publicHolidays?: string;
  readonly dayLength?: DurationText;
}

export interface ContractContent {
  readonly contractId: string;
  readonly customerId: string;
  readonly tier: string;
  readonly startsOn: LocalDate;
  readonly endsOn?: LocalDate;
  /** Zone in which the contract's days begin and end; absent: the organization's. */
  readonly timeZone?: string;
  readonly overrides?: Terms;
  readonly primary?: boolean;
  /** Decimal text, e.g. `30000` or `1234.50`. */
  readonly annualValue?: string;
  /** ISO 4217 */
  readonly currency?: string;
  readonly creditsEnabled?: boolean;
  readonly csmEmail?: string;
  readonly seats?: number;
}

export interface RemapContent {
  readonly customerId: string;
  readonly customerName?: string;
  readonly toTier: string;
}

export interface WaiverContent {
  readonly exceptionId: string;
  readonly binds: 'MAPPED_TIER' | 'CONTRACT_TIER';
  readonly until: string;
}

export interface ApprovalRule {
  readonly kind?: ChangeKind;
  readonly tier?: string;
  readonly approvals: number;
}

export interface ApprovalPolicyContent {
  readonly defaultApprovals: number;
  readonly rules: readonly ApprovalRule[];
  readonly allowSelfApproval: boolean;
  readonly allowBackdating: boolean;
  readonly requireReason: boolean;
  readonly expireAfterDays?: number;
}

/** An import is proposed by its identity; its rows lie in its stream before it. */
export interface ImportContent {
  readonly importId: string;
  /** What the rows are: customers and contracts, or tiers × priorities. */
  readonly sheet: 'REFERENCE' | 'MATRIX';
  /** SHA-256 of the file, hex: approving is approving these very bytes. */
  readonly sha256: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly dateOrder: string;
}

export interface ContentOf {
  readonly TIER_TERMS: TierTermsContent;
  readonly TIER_RETIREMENT: TierRetirementContent;
  readonly COVERAGE: CoverageContent;
  readonly CONTRACT: ContractContent;
  readonly REMAP: RemapContent;
  readonly WAIVER: WaiverContent;
  readonly APPROVAL_POLICY: ApprovalPolicyContent;
  readonly IMPORT: ImportContent;
}

export type ChangeKind = keyof ContentOf;
export const CHANGE_KINDS = [
  'TIER_TERMS',
  'TIER_RETIREMENT',
  'COVERAGE',
  'CONTRACT',
  'REMAP',
  'WAIVER',
  'APPROVAL_POLICY',
  'IMPORT',
] as const satisfies readonly ChangeKind[];
export type ChangeContent = ContentOf[ChangeKind];

export type SubjectKind = 'TIER' | 'COVERAGE' | 'CONTRACT' | 'CUSTOMER' | 'APPROVAL_POLICY' | 'IMPORT';

/** What a change is about. `id` as it was first written; two ids are one when their keys are. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}
