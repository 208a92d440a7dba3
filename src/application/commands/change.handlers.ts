import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dependsOnTier } from '../../domain/binding/exception-entries.js';
import { parseContent, subjectOf } from '../../domain/change/parse-content.js';
import type { ChangeContent, ChangeKind, Subject, WaiverContent } from '../../domain/change/content.js';
import type { ChangeCommand } from '../../domain/change/change.commands.js';
import { parseName } from '../../domain/organization/organization.rules.js';
import { DomainError, invalid } from '../../domain/shared/domain-error.js';
import { identifierKey, parseText } from '../../domain/shared/identifier.js';
import { parseDate, type LocalDate } from '../../domain/shared/instant.js';
import { Refusals, type Attempt } from '../audit/refusals.js';
import { authorize, type Permission } from '../principal.js';
import { ExceptionQuery } from '../queries/exception-query.js';
import { ChangeLocator } from './change-locator.js';
import {
  AcknowledgeExceptionCommand,
  type ExceptionTask,
  DecideChangeCommand,
  ProposeChangeCommand,
  ReviseChangeCommand,
  type ChangeOutcome,
} from './change-commands.js';
import { ChangeService, parseTiming } from './change-service.js';
import { ContentFactsReader } from './content-facts-reader.js';

const MAX_TEXT = 10_000;

@CommandHandler(ProposeChangeCommand)
export class ProposeChangeHandler implements ICommandHandler<ProposeChangeCommand> {
  constructor(
    private readonly changes: ChangeService,
    private readonly facts: ContentFactsReader,
    private readonly exceptions: ExceptionQuery,
    private readonly refusals: Refusals,
  ) {}

  execute(command: ProposeChangeCommand): Promise<ChangeOutcome> {
    const attempt = { action: 'ProposeChange' };
    return this.refusals.watched(command.context, attempt, () => this.propose(command));
  }

  private async propose({
    context,
    idempotencyKey,
    kind,
    content: raw,
    timing,
  }: ProposeChangeCommand): Promise<ChangeOutcome> {
    authorize(context.principal, 'propose');
    const issued = this.changes.issue(context, idempotencyKey, `propose ${kind}`, [raw, timing]);
    const repeated = await this.changes.repeated(issued);
    if (repeated) return repeated;
    const { orgId } = context.principal;
    const content = parseContent(kind, raw, await this.facts.of(orgId));
    const subject = await this.subject(orgId, kind, content);
    const when = parseTiming(content, timing);
    const changeId = this.changes.changeIdOf(issued);
    const command = { type: 'ProposeChange' as const, changeId, kind, subject, content, ...when };
    const { event, ...reached } = await this.changes.decide(issued, subject, command, when.reason);
    return { changeId: event && 'changeId' in event.data ? event.data.changeId : changeId, ...reached };
  }

  private async subject(orgId: string, kind: ChangeKind, content: ChangeContent): Promise<Subject> {
    if (!('exceptionId' in content)) return subjectOf(kind, content as never);
    return subjectOf('WAIVER', content, await waivedCustomer(this.exceptions, orgId, content));
  }
}

@CommandHandler(ReviseChangeCommand)
export class ReviseChangeHandler implements ICommandHandler<ReviseChangeCommand> {
  constructor(
    private readonly changes: ChangeService,
    private readonly facts: ContentFactsReader,
    private readonly locator: ChangeLocator,
    private readonly exceptions: ExceptionQuery,
    private readonly refusals: Refusals,
  ) {}

  execute(command: ReviseChangeCommand): Promise<ChangeOutcome> {
    const attempt = { action: 'ReviseChange' };
    return this.refusals.watched(command.context, attempt, () => this.revise(command));
  }

  private async revise({
    context,
    idempotencyKey,
    changeId,
    content: raw,
    timing,
  }: ReviseChangeCommand): Promise<ChangeOutcome> {
    authorize(context.principal, 'propose');
    const issued = this.changes.issue(context, idempotencyKey, 'revise', [changeId, raw, timing]);
    const repeated = await this.changes.repeated(issued);
    if (repeated) return repeated;
    const { orgId } = context.principal;
    const { kind, subject, content: before } = await this.locator.locate(orgId, changeId);
    const content = parseContent(kind, raw, await this.facts.of(orgId), ['content']);
    const waived =
      'exceptionId' in content && 'exceptionId' in before && content.exceptionId === before.exceptionId;
    const about = 'exceptionId' in content ? (waived ? subject : null) : subjectOf(kind, content as never);
    if (!about || !sameSubject(about, subject))
      throw invalid(
        ['content'],
        'A revision stays about the same subject. Withdraw this change and propose another for a different one.',
      );
    if ('exceptionId' in content) await waivedCustomer(this.exceptions, orgId, content, ['content']);
    const when = parseTiming(content, timing);
    const command = { type: 'ReviseChange' as const, changeId, content, ...when };
    const { position, stream } = await this.changes.decide(issued, subject, command, when.reason);
    return { changeId, position, stream };
  }
}

@CommandHandler(DecideChangeCommand)
export class DecideChangeHandler implements ICommandHandler<DecideChangeCommand> {
  constructor(
    private readonly changes: ChangeService,
    private readonly locator: ChangeLocator,
    private readonly refusals: Refusals,
  ) {}

  execute(command: DecideChangeCommand): Promise<ChangeOutcome> {
    const attempt = attemptOf(command);
    return this.refusals.watched(command.context, attempt, () => this.decide(command));
  }

  private async decide({
    context,
    idempotencyKey,
    changeId,
    decision,
  }: DecideChangeCommand): Promise<ChangeOutcome> {
    authorize(context.principal, PERMISSION[decision.type]);
    const issued = this.changes.issue(context, idempotencyKey, decision.type, [changeId, decision]);
    const repeated = await this.changes.repeated(issued);
    if (repeated) return repeated;
    const { subject } = await this.locator.locate(context.principal.orgId, changeId);
    const command = checked(changeId, decision);
    const reason = 'reason' in command ? command.reason : undefined;
    const { position, stream } = await this.changes.decide(issued, subject, command, reason);
    return { changeId, position, stream };
  }
}

@CommandHandler(AcknowledgeExceptionCommand)
export class AcknowledgeExceptionHandler implements ICommandHandler<AcknowledgeExceptionCommand> {
  constructor(
    private readonly changes: ChangeService,
    private readonly exceptions: ExceptionQuery,
    private readonly refusals: Refusals,
  ) {}

  execute(command: AcknowledgeExceptionCommand) {
    const attempt = { action: 'AcknowledgeException' };
    return this.refusals.watched(command.context, attempt, () => this.acknowledge(command));
  }

  private async acknowledge({
    context,
    idempotencyKey,
    exceptionId,
    note: raw,
    task,
  }: AcknowledgeExceptionCommand) {
    authorize(context.principal, 'acknowledge');
    const issued = this.changes.issue(context, idempotencyKey, 'acknowledge', [
      exceptionId,
      raw,
      ...asked(task),
    ]);
    const repeated = await this.changes.repeated(issued);
    if (repeated) return { position: repeated.position };
    const note = parseText(raw, ['note'], MAX_TEXT);
    if (note.trim() === '')
      throw new DomainError('REASON_REQUIRED', 'Say in a note what is being done about it.', {
        path: ['note'],
      });
    const { customer } = await this.exceptions.exception(context.principal.orgId, exceptionId);
    const { position } = await this.changes.decide(
      issued,
      { kind: 'CUSTOMER', id: customer.customerId },
      { type: 'AcknowledgeException', exceptionId, note, ...parsedTask(task) },
    );
    return { position };
  }
}

export const CHANGE_HANDLERS = [
  ProposeChangeHandler,
  ReviseChangeHandler,
  DecideChangeHandler,
  AcknowledgeExceptionHandler,
];

/** Whom a waiver is about. @throws DomainError INVALID_INPUT where there is nothing that it could let bind */
const waivedCustomer = async (
  exceptions: ExceptionQuery,
  orgId: string,
  { exceptionId, binds }: WaiverContent,
  path: readonly string[] = [],
): Promise<string> => {
  const { view, customer } = await exceptions.exception(orgId, exceptionId);
  if (dependsOnTier(view.kind))
    throw invalid(
      [...path, 'exceptionId'],
      `A waiver says which of two promises binds; here it is the tier itself that fails. ${view.resolution}`,
    );
  const side = binds === 'MAPPED_TIER' ? view.mappedTier : view.contractTier;
  if (side === null)
    throw invalid(
      [...path, 'binds'],
      `There is no ${binds === 'MAPPED_TIER' ? 'mapped tier' : 'contracted tier'} that could bind. ${view.resolution}`,
    );
  return customer.customerId;
};

/** Only what is given: a key that was used when neither could be given still says the same. */
const asked = ({ owner, dueOn }: ExceptionTask): readonly unknown[] =>
  owner == null && dueOn == null ? [] : [owner ?? null, dueOn ?? null];

/** @throws DomainError INVALID_INPUT */
const parsedTask = ({ owner, dueOn }: ExceptionTask): { owner?: string; dueOn?: LocalDate } => ({
  ...(owner != null && { owner: parseName(owner, ['owner']) }),
  ...(dueOn != null && { dueOn: parseDate(dueOn, ['dueOn']) }),
});

const PERMISSION: Readonly<Record<DecideChangeCommand['decision']['type'], Permission>> = {
  ApproveChange: 'decide',
  RejectChange: 'decide',
  WithdrawChange: 'propose',
  CommentOnChange: 'propose',
};

/** Approving and rejecting are what a foreign change would be tried for. */
const attemptOf = ({ changeId, decision: { type } }: DecideChangeCommand): Attempt =>
  type === 'ApproveChange' || type === 'RejectChange' ? { action: type, changeId } : { action: type };

const checked = (changeId: string, decision: DecideChangeCommand['decision']): ChangeCommand => {
  const text = (value: string | null | undefined, field: string) =>
    value === null || value === undefined ? undefined : parseText(value, [field], MAX_TEXT);
  switch (decision.type) {
    case 'ApproveChange': {
      const comment = text(decision.comment, 'comment');
      return {
        type: 'ApproveChange',
        changeId,
        revision: decision.revision,
        ...(comment !== undefined && { comment }),
      };
    }
    case 'RejectChange':
      return { ...decision, changeId, reason: text(decision.reason, 'reason') ?? '' };
    case 'WithdrawChange': {
      const reason = text(decision.reason, 'reason');
      return { type: 'WithdrawChange', changeId, ...(reason !== undefined && { reason }) };
    }
    case 'CommentOnChange': {
      const said = text(decision.text, 'text') ?? '';
      if (said.trim() === '') throw invalid(['text'], 'A comment needs words.');
      return { type: 'CommentOnChange', changeId, text: said };
    }
  }
};

const sameSubject = (a: Subject, b: Subject): boolean =>
  a.kind === b.kind && (a.kind === 'APPROVAL_POLICY' || identifierKey(a.id) === identifierKey(b.id));
