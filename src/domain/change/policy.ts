import { identifierKey } from '../shared/identifier.js';
import type { ApprovalPolicyContent, ChangeContent, ChangeKind } from './content.js';

/** What an organization starts with. */
export const INITIAL_POLICY: ApprovalPolicyContent = {
  defaultApprovals: 1,
  rules: [],
  allowSelfApproval: false,
  allowBackdating: false,
  requireReason: false,
  expireAfterDays: 30,
};

/** The tier that a change is about, for rules that name one. */
export const tierOf = (kind: ChangeKind, content: ChangeContent): string | null => {
  if ('toTier' in content) return content.toTier;
  if ('contractId' in content) return content.tier;
  if ('rank' in content) return content.key;
  return kind === 'TIER_RETIREMENT' && 'key' in content ? content.key : null;
};

/** How many distinct people must approve: the most that any matching rule asks, else the default. */
export const approvalsFor = (
  policy: ApprovalPolicyContent,
  kind: ChangeKind,
  tier: string | null,
): number => {
  const asked = policy.rules
    .filter((rule) => rule.kind === undefined || rule.kind === kind)
    .filter(
      (rule) =>
        rule.tier === undefined || (tier !== null && identifierKey(rule.tier) === identifierKey(tier)),
    )
    .map((rule) => rule.approvals);
  return asked.length > 0 ? Math.max(...asked) : policy.defaultApprovals;
};

export const approvalsNeeded = (
  policy: ApprovalPolicyContent,
  kind: ChangeKind,
  content: ChangeContent,
): number => approvalsFor(policy, kind, tierOf(kind, content));
