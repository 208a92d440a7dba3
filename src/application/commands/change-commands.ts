import { Command } from '@nestjs/cqrs';
import type { ChangeKind } from '../../domain/change/content.js';
import type { LocalDate } from '../../domain/shared/instant.js';
import type { CommandContext } from '../command-context.js';

/** What a command answers: the change it was about, and how far the log got. */
export interface ChangeOutcome {
  readonly changeId: string;
  /** Null when nothing had to happen. */
  readonly position: bigint | null;
  /** Of the change's subject: where the log has the whole of its life. */
  readonly stream: string;
}

export interface Timing {
  readonly effectiveFrom?: string | null;
  readonly effectiveUntil?: string | null;
  readonly reason?: string | null;
}

abstract class ChangeCommandBase extends Command<ChangeOutcome> {
  constructor(
    readonly context: CommandContext,
    readonly idempotencyKey: string | null | undefined,
  ) {
    super();
  }
}

/** `content` is untrusted: the propose input's own fields. */
export class ProposeChangeCommand extends ChangeCommandBase {
  constructor(
    context: CommandContext,
    idempotencyKey: string | null | undefined,
    readonly kind: Exclude<ChangeKind, 'IMPORT'>,
    readonly content: unknown,
    readonly timing: Timing,
  ) {
    super(context, idempotencyKey);
  }
}

export class ReviseChangeCommand extends ChangeCommandBase {
  constructor(
    context: CommandContext,
    idempotencyKey: string | null | undefined,
    readonly changeId: string,
    readonly content: unknown,
    readonly timing: Timing,
  ) {
    super(context, idempotencyKey);
  }
}

/** Everything that is done to an open change without changing what it asks for. */
export class DecideChangeCommand extends ChangeCommandBase {
  constructor(
    context: CommandContext,
    idempotencyKey: string | null | undefined,
    readonly changeId: string,
    readonly decision:
      | { readonly type: 'ApproveChange'; readonly revision: number; readonly comment?: string | null }
      | { readonly type: 'RejectChange'; readonly revision: number; readonly reason: string }
      | { readonly type: 'WithdrawChange'; readonly reason?: string | null }
      | { readonly type: 'CommentOnChange'; readonly text: string },
  ) {
    super(context, idempotencyKey);
  }
}

/** Who sees to an exception, and by when. */
export interface ExceptionTask {
  readonly owner?: string | null;
  readonly dueOn?: LocalDate | null;
}

export class AcknowledgeExceptionCommand extends Command<{ readonly position: bigint | null }> {
  constructor(
    readonly context: CommandContext,
    readonly idempotencyKey: string | null | undefined,
    readonly exceptionId: string,
    readonly note: string,
    readonly task: ExceptionTask = {},
  ) {
    super();
  }
}
