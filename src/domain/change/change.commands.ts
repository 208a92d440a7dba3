import type { Instant, LocalDate } from '../shared/instant.js';
import type { ApprovalPolicyContent, ChangeContent, ChangeKind, Subject } from './content.js';

/** What a proposal asks for, before the decider adds what it was made against. */
export interface ProposalInput {
  readonly content: ChangeContent;
  readonly effectiveFrom?: Instant;
  readonly effectiveUntil?: Instant;
  readonly reason?: string;
}

export type ChangeCommand =
  | ({
      readonly type: 'ProposeChange';
      readonly changeId: string;
      readonly kind: ChangeKind;
      readonly subject: Subject;
    } & ProposalInput)
  | ({ readonly type: 'ReviseChange'; readonly changeId: string } & ProposalInput)
  | {
      readonly type: 'ApproveChange';
      readonly changeId: string;
      readonly revision: number;
      readonly comment?: string;
    }
  | {
      readonly type: 'RejectChange';
      readonly changeId: string;
      readonly revision: number;
      readonly reason: string;
    }
  | { readonly type: 'WithdrawChange'; readonly changeId: string; readonly reason?: string }
  | { readonly type: 'ExpireChange'; readonly changeId: string }
  | { readonly type: 'CommentOnChange'; readonly changeId: string; readonly text: string }
  | {
      readonly type: 'AcknowledgeException';
      readonly exceptionId: string;
      readonly note: string;
      readonly owner?: string;
      readonly dueOn?: LocalDate;
    };

/** What of the organization each command is decided by, so that nothing else has to be read for it. */
export const DECIDED_BY: Readonly<
  Record<ChangeCommand['type'], { readonly policy: boolean; readonly organization: boolean }>
> = {
  ProposeChange: { policy: true, organization: false },
  ReviseChange: { policy: true, organization: false },
  ApproveChange: { policy: true, organization: true },
  RejectChange: { policy: false, organization: false },
  WithdrawChange: { policy: false, organization: false },
  ExpireChange: { policy: false, organization: false },
  CommentOnChange: { policy: false, organization: false },
  AcknowledgeException: { policy: false, organization: false },
};

/** What a decision may depend on besides the subject's own stream, as far as {@link DECIDED_BY} says; given, never looked up. */
export interface DecisionContext {
  readonly now: Instant;
  readonly actor: string;
  /** May approve, reject, and withdraw what others proposed. */
  readonly isAdmin: boolean;
  readonly policy: ApprovalPolicyContent;
  /** False for people who have lost the right to approve since they did. */
  readonly mayStillApprove: (approver: string) => boolean;
  /** The organization's zone: what a contract without one of its own is read in. */
  readonly timeZone: string;
}
