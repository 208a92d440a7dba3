import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import { approvalsNeeded } from './policy.js';
import { checkProposal, expiryOf, hasReason, startsInThePast } from './proposal-rules.js';
import type { ChangeCommand, DecisionContext, ProposalInput } from './change.commands.js';
import type { ApprovedVersion, Proposal, SubjectEvent } from './change.events.js';
import type { ChangeContent } from './content.js';
import type { OpenChange, SubjectState } from './subject.state.js';

/**
 * What a command makes happen in the stream of one subject.
 *
 * @throws DomainError when the command is refused; nothing has happened then
 */
export const decideSubject = (
  command: ChangeCommand,
  state: SubjectState,
  context: DecisionContext,
): readonly SubjectEvent[] => {
  switch (command.type) {
    case 'ProposeChange': {
      const { changeId, kind, subject } = command;
      checkProposal(command, kind, state, context);
      refuseDuplicate(command, kind, state, context);
      const proposal = proposalOf(command, state);
      const expiry = expiryOf(context);
      return [
        { type: 'ChangeProposed', data: { changeId, kind, subject, revision: 1, ...proposal, ...expiry } },
      ];
    }
    case 'ReviseChange': {
      const change = openChange(state, command.changeId, context);
      if (change.proposedBy !== context.actor)
        throw new DomainError(
          'FORBIDDEN',
          `Only ${change.proposedBy}, who proposed this change, can revise it.`,
        );
      checkProposal(command, change.kind, state, context);
      refuseDuplicate(command, change.kind, state, context, change.changeId);
      const proposal = proposalOf(command, state);
      const data = { changeId: change.changeId, revision: change.revision + 1, ...proposal };
      return [{ type: 'ChangeRevised', data: { ...data, ...expiryOf(context) } }];
    }
    case 'ApproveChange':
      return [approve(command, state, context)];
    case 'RejectChange': {
      requireAdmin(context, 'reject');
      const change = exactRevision(state, command, context);
      if (command.reason.trim() === '')
        throw new DomainError(
          'REASON_REQUIRED',
          'Say why this is rejected, so that the proposer can mend it.',
          {
            path: ['reason'],
          },
        );
      const { changeId, revision } = change;
      return [{ type: 'ChangeRejected', data: { changeId, revision, reason: command.reason } }];
    }
    case 'WithdrawChange': {
      const { changeId, revision, proposedBy } = openChange(state, command.changeId, context);
      if (proposedBy !== context.actor && !context.isAdmin)
        throw new DomainError(
          'FORBIDDEN',
          `Only ${proposedBy}, who proposed this change, or an admin can withdraw it.`,
        );
      const reason = command.reason === undefined ? {} : { reason: command.reason };
      return [{ type: 'ChangeWithdrawn', data: { changeId, revision, ...reason } }];
    }
    case 'ExpireChange': {
      const change = state.open.get(command.changeId);
      if (!change || !hasExpired(change, context)) return [];
      return [{ type: 'ChangeExpired', data: { changeId: change.changeId, revision: change.revision } }];
    }
    case 'CommentOnChange': {
      const { changeId, revision } = openChange(state, command.changeId, context);
      return [{ type: 'ChangeCommented', data: { changeId, revision, text: command.text } }];
    }
    case 'AcknowledgeException': {
      const { type: _, ...said } = command;
      return [{ type: 'ExceptionAcknowledged', data: { ...said, acknowledgedBy: context.actor } }];
    }
  }
};

const approve = (
  command: Extract<ChangeCommand, { type: 'ApproveChange' }>,
  state: SubjectState,
  context: DecisionContext,
): SubjectEvent => {
  requireAdmin(context, 'approve');
  const { actor, policy } = context;
  if (state.decided.get(command.changeId)?.approvals.includes(actor)) throw alreadyApproved();
  const change = exactRevision(state, command, context);
  if (state.notReady) throw new DomainError('CONFLICT', state.notReady);
  const selfApproved = change.proposedBy === actor;
  if (selfApproved && !policy.allowSelfApproval)
    throw new DomainError('SELF_APPROVAL', 'You proposed this change, so somebody else has to approve it.');
  if (change.approvals.includes(actor)) throw alreadyApproved();
  const latest = state.latest?.number ?? 0;
  if (change.baseVersion !== latest)
    throw new DomainError(
      'STALE',
      `This was proposed against version ${change.baseVersion}, and version ${latest} has been approved since. Ask ${change.proposedBy} to revise it.`,
    );
  const isBackdated = startsInThePast(change, context.now);
  if (isBackdated && !policy.allowBackdating)
    throw new DomainError(
      'BACKDATING_NOT_ALLOWED',
      `Its start, ${change.effectiveFrom}, has passed while it waited. Ask ${change.proposedBy} to revise it with a later start, or without one to start at approval.`,
    );
  if (isBackdated && !hasReason(change))
    throw new DomainError(
      'REASON_REQUIRED',
      `Its start, ${change.effectiveFrom}, has passed while it waited, and a change that starts in the past needs a reason. Ask ${change.proposedBy} to revise it with one.`,
    );

  const { changeId, revision, kind, content } = change;
  const said = { changeId, revision, approver: actor, ...commentOf(command.comment) };
  const approvedBy = [...change.approvals.filter(context.mayStillApprove), actor];
  if (approvedBy.length < approvalsNeeded(policy, kind, content))
    return { type: 'ApprovalGiven', data: said };
  // The version takes effect with the approval, in one event: nothing can fall between the two.
  return {
    type: 'ChangeApproved',
    data: { ...said, version: versionOf(change, state, approvedBy, context) },
  };
};

const versionOf = (
  change: OpenChange,
  state: SubjectState,
  approvedBy: readonly string[],
  { now, timeZone }: DecisionContext,
): ApprovedVersion => {
  const { kind, subject, content, proposedBy, effectiveUntil, reason } = change;
  const effectiveFrom = change.effectiveFrom ?? now;
  if (effectiveUntil !== undefined && effectiveUntil <= effectiveFrom)
    throw new DomainError(
      'CONFLICT',
      `It was to end at ${effectiveUntil}, which has passed while it waited. Revise it.`,
    );
  return {
    number: (state.latest?.number ?? 0) + 1,
    kind,
    // The first spelling of an ID stays the subject's.
    subject: state.latest?.subject ?? subject,
    content,
    effectiveFrom,
    ...(effectiveUntil === undefined ? {} : { effectiveUntil }),
    proposedBy,
    approvedBy,
    ...(reason === undefined ? {} : { reason }),
    backdated: effectiveFrom < now,
    selfApproved: approvedBy.includes(proposedBy),
    timeZone: 'timeZone' in content && content.timeZone !== undefined ? content.timeZone : timeZone,
  };
};

const proposalOf = (input: ProposalInput, state: SubjectState): Proposal => ({
  content: input.content,
  ...(input.effectiveFrom === undefined ? {} : { effectiveFrom: input.effectiveFrom }),
  ...(input.effectiveUntil === undefined ? {} : { effectiveUntil: input.effectiveUntil }),
  ...(input.reason === undefined ? {} : { reason: input.reason }),
  baseVersion: state.latest?.number ?? 0,
});

const openChange = (state: SubjectState, changeId: string, context: DecisionContext): OpenChange => {
  const change = state.open.get(changeId);
  if (change && !hasExpired(change, context)) return change;
  const status = change ? 'EXPIRED' : state.decided.get(changeId)?.status;
  if (!status) throw new DomainError('NOT_FOUND', `There is no change ${changeId}.`, { path: ['changeId'] });
  throw new DomainError('NOT_OPEN', `This change is no longer open: it is ${status.toLowerCase()}.`);
};

const exactRevision = (
  state: SubjectState,
  { changeId, revision }: { readonly changeId: string; readonly revision: number },
  context: DecisionContext,
): OpenChange => {
  const change = openChange(state, changeId, context);
  if (change.revision !== revision)
    throw new DomainError(
      'STALE',
      `You decided on revision ${revision}, but revision ${change.revision} is the one that is open. Read it and decide again.`,
      { path: ['revision'] },
    );
  return change;
};

const refuseDuplicate = (
  { content, effectiveFrom, effectiveUntil }: ProposalInput,
  kind: OpenChange['kind'],
  state: SubjectState,
  context: DecisionContext,
  except?: string,
): void => {
  const same = canonicalJson([kind, withKeys(content), effectiveFrom, effectiveUntil]);
  for (const open of state.open.values())
    if (
      open.changeId !== except &&
      !hasExpired(open, context) &&
      canonicalJson([open.kind, withKeys(open.content), open.effectiveFrom, open.effectiveUntil]) === same
    )
      throw new DomainError(
        'DUPLICATE',
        `${open.proposedBy} has already proposed this very change; it is open.`,
        {
          existingId: open.changeId,
        },
      );
};

/** The names of what it is about, however they are spelled: `CUST-1` and `cust-1` are one. */
const withKeys = (content: ChangeContent): object => ({
  ...content,
  ...('key' in content && { key: identifierKey(content.key) }),
  ...('customerId' in content && { customerId: identifierKey(content.customerId) }),
  ...('contractId' in content && { contractId: identifierKey(content.contractId) }),
});

const hasExpired = ({ expiresAt }: OpenChange, { now }: DecisionContext): boolean =>
  expiresAt !== undefined && expiresAt <= now;

const requireAdmin = ({ isAdmin }: DecisionContext, action: 'approve' | 'reject'): void => {
  if (!isAdmin) throw new DomainError('FORBIDDEN', `Only an admin can ${action} changes.`);
};

const alreadyApproved = (): DomainError =>
  new DomainError('ALREADY_APPROVED_BY_YOU', 'You have already approved this change; a person counts once.');

const commentOf = (comment: string | undefined) => (comment === undefined ? {} : { comment });
