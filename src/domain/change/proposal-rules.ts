import { Temporal } from 'temporal-polyfill';
import { DomainError, invalid } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import { instantOf, type Instant } from '../shared/instant.js';
import type { DecisionContext, ProposalInput } from './change.commands.js';
import type { ChangeKind } from './content.js';
import type { SubjectState } from './subject.state.js';

const STARTS_WITH_APPROVAL: readonly ChangeKind[] = ['APPROVAL_POLICY', 'WAIVER'];

/** What holds for a proposal and for a revision alike. @throws DomainError */
export const checkProposal = (
  input: ProposalInput,
  kind: ChangeKind,
  state: SubjectState,
  { now, policy }: DecisionContext,
): void => {
  const { content, effectiveFrom, effectiveUntil } = input;
  const reasonGiven = hasReason(input);
  if (effectiveFrom !== undefined && STARTS_WITH_APPROVAL.includes(kind))
    throw invalid(['effectiveFrom'], 'This takes effect when it is approved. Leave its start out.');
  const backdated = startsInThePast(input, now);
  if (backdated && !policy.allowBackdating)
    throw new DomainError(
      'BACKDATING_NOT_ALLOWED',
      `${effectiveFrom} has passed, and your organization does not backdate changes. Choose a later start, or none to start at approval.`,
      { path: ['effectiveFrom'] },
    );
  if (backdated && !reasonGiven)
    throw new DomainError('REASON_REQUIRED', 'A change that starts in the past needs a reason.', {
      path: ['reason'],
    });
  if (kind === 'WAIVER' && !reasonGiven)
    throw new DomainError('REASON_REQUIRED', 'A waiver needs a reason: why this side binds.', {
      path: ['reason'],
    });
  if (policy.requireReason && !reasonGiven)
    throw new DomainError('REASON_REQUIRED', 'Your organization asks for a reason with every proposal.', {
      path: ['reason'],
    });
  if (effectiveUntil !== undefined && effectiveUntil <= (effectiveFrom ?? now))
    throw invalid(['effectiveUntil'], 'The end has to lie after the start.');
  if (effectiveUntil !== undefined && kind === 'APPROVAL_POLICY')
    throw invalid(
      ['effectiveUntil'],
      'An approval policy holds until another is approved. Leave its end out.',
    );
  if (kind === 'TIER_RETIREMENT' && isRetired(state, effectiveFrom ?? now))
    throw invalid(['key'], 'There is no such tier in force then, so it cannot be retired.');
  if (kind === 'CONTRACT') keepCustomer(content, state);
};

export const hasReason = ({ reason }: Pick<ProposalInput, 'reason'>): boolean =>
  reason !== undefined && reason.trim() !== '';

export const startsInThePast = (
  { effectiveFrom }: Pick<ProposalInput, 'effectiveFrom'>,
  now: Instant,
): boolean => effectiveFrom !== undefined && effectiveFrom < now;

/** A retirement that is still to come, or has ended, leaves something to retire. */
const isRetired = ({ latest }: SubjectState, at: Instant): boolean =>
  latest === null ||
  (latest.kind === 'TIER_RETIREMENT' &&
    latest.effectiveFrom <= at &&
    (latest.effectiveUntil === undefined || at < latest.effectiveUntil));

/** A contract belongs to one customer for good; the contract ID is the guard. */
const keepCustomer = (content: ProposalInput['content'], { latest }: SubjectState): void => {
  if (!latest || !('contractId' in latest.content) || !('contractId' in content)) return;
  const { contractId, customerId } = latest.content;
  if (identifierKey(customerId) !== identifierKey(content.customerId))
    throw new DomainError(
      'DUPLICATE',
      `Contract ${contractId} already belongs to customer ${customerId}. Use another contract ID, or that customer.`,
      { path: ['contractId'], existingId: contractId },
    );
};

/** When a proposal written now lapses; policy in days, absent: never. */
export const expiryOf = ({ now, policy }: DecisionContext): { expiresAt?: Instant } => {
  if (policy.expireAfterDays === undefined) return {};
  const expiry = Temporal.Instant.from(now).add({ hours: 24 * policy.expireAfterDays });
  return { expiresAt: instantOf(expiry.epochMilliseconds) };
};
