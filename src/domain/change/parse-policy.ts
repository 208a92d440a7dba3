import { invalid } from '../shared/domain-error.js';
import { identifierKey } from '../shared/identifier.js';
import * as input from '../shared/raw-input.js';
import { compact, fieldsOf, type Known, type Parse, type Path } from '../shared/raw-input.js';
import { CHANGE_KINDS, type ApprovalPolicyContent, type ApprovalRule } from './content.js';

const MAX_APPROVALS = 20;
const MAX_RULES = 200;
const MAX_DAYS = 3650;
const approvals = input.integer(1, MAX_APPROVALS);

/** @throws DomainError INVALID_INPUT at the field at fault, below `path` */
export const parsePolicy = (raw: unknown, path: Path, tiers: Known): ApprovalPolicyContent => {
  const fields = fieldsOf(raw, path, [
    'defaultApprovals',
    'rules',
    'allowSelfApproval',
    'allowBackdating',
    'requireReason',
    'expireAfterDays',
  ]);
  return compact({
    defaultApprovals: fields.required('defaultApprovals', approvals),
    rules: fields.optional('rules', parseRules(tiers)) ?? [],
    allowSelfApproval: fields.required('allowSelfApproval', input.flag),
    allowBackdating: fields.required('allowBackdating', input.flag),
    requireReason: fields.required('requireReason', input.flag),
    expireAfterDays: fields.optional('expireAfterDays', input.integer(1, MAX_DAYS)),
  });
};

const parseRules =
  (tiers: Known): Parse<readonly ApprovalRule[]> =>
  (raw, path) => {
    const rules = input.list(parseRule(tiers), MAX_RULES)(raw, path);
    const seen = new Set<string>();
    rules.forEach(({ kind, tier }, index) => {
      const key = JSON.stringify([kind, tier === undefined ? undefined : identifierKey(tier)]);
      if (seen.has(key))
        throw invalid([...path, String(index)], 'An earlier rule is for the same kind and tier. Keep one.');
      seen.add(key);
    });
    return rules;
  };

const parseRule =
  (tiers: Known): Parse<ApprovalRule> =>
  (raw, path) => {
    const fields = fieldsOf(raw, path, ['kind', 'tier', 'approvals']);
    return compact({
      kind: fields.optional('kind', input.oneOf(CHANGE_KINDS)),
      tier: fields.optional('tier', input.reference('tier', tiers)),
      approvals: fields.required('approvals', approvals),
    });
  };
