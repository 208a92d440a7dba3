import type { ChangeKind, WaiverContent } from '../change/content.js';
import type { Instant, LocalDate } from '../shared/instant.js';
import type { Mark } from '../shared/timeline.js';

/** A version of any subject, less its content. */
export interface VersionMark extends Mark {
  readonly kind: ChangeKind;
  readonly changeId: string;
  /** Place in the log, fixed-width text. */
  readonly position: string;
}

/** The tier a customer is treated as. */
export interface MappingMark extends VersionMark {
  readonly kind: 'REMAP';
  readonly tier: string;
}

export interface WaiverMark extends VersionMark {
  readonly kind: 'WAIVER';
  readonly exceptionId: string;
  readonly binds: WaiverContent['binds'];
}

/** What a contract says, as far as binding goes. */
export interface ContractMark extends VersionMark {
  readonly kind: 'CONTRACT';
  readonly tier: string;
  readonly startsOn: LocalDate;
  readonly endsOn?: LocalDate;
  /** `startsOn` 00:00 in the contract's zone. */
  readonly bindsFrom: Instant;
  /** The end of `endsOn` in the contract's zone, exclusive; absent: open. */
  readonly bindsUntil?: Instant;
  readonly timeZone: string;
  readonly primary: boolean;
  readonly hasOverrides: boolean;
  /** Keys of the priorities that the contract's own terms have a commitment for; absent: none. */
  readonly ownPriorities?: readonly string[];
}

/** A contract in a version that binds at the instant asked for. */
export interface ActiveContract {
  readonly contractId: string;
  readonly key: string;
  readonly mark: ContractMark;
}
