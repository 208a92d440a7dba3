import { CHANGE_KINDS, type ApprovalPolicyContent, type ApprovalRule } from '@domain/change/content.js';
import { inWords } from '../../lib/format.js';
import { Button } from '../../ui/button.js';
import { Input, Select } from '../../ui/field.js';
import { NumberInput } from '../../ui/number-input.js';
import type { FieldsProps } from './fields-props.js';

const SWITCHES = [
  ['allowSelfApproval', 'Proposers may approve their own (the version is marked as self-approved)'],
  ['allowBackdating', 'Versions may begin in the past (with a reason, and a mark for ever)'],
  ['requireReason', 'Every proposal needs a reason'],
] as const;

export const PolicyFields = ({ content, onChange }: FieldsProps<ApprovalPolicyContent>) => {
  const put = (change: Partial<ApprovalPolicyContent>): void => onChange({ ...content, ...change });
  const putRule = (index: number, change: Partial<ApprovalRule>): void =>
    put({ rules: content.rules.map((rule, place) => (place === index ? { ...rule, ...change } : rule)) });
  return (
    <>
      <div className="grid-2">
        <NumberInput
          label="Approvals needed"
          required
          whole
          value={content.defaultApprovals}
          onChange={(approvals) => approvals !== null && put({ defaultApprovals: approvals })}
        />
        <NumberInput
          label="Proposals lapse after days"
          whole
          hint="Empty: never."
          value={content.expireAfterDays}
          onChange={(days) => put({ expireAfterDays: days ?? undefined })}
        />
      </div>
      <div className="stack tight">
        {SWITCHES.map(([field, text]) => (
          <label key={field} className="check">
            <input
              type="checkbox"
              checked={content[field]}
              onChange={({ target }) => put({ [field]: target.checked })}
            />
            {text}
          </label>
        ))}
      </div>
      <h2>Exceptions from the rule</h2>
      {content.rules.length === 0 && (
        <p className="soft">None: the number above holds for changes of every kind.</p>
      )}
      {content.rules.map((rule, index) => (
        <div key={index} className="row">
          <Select
            label="Kind"
            options={[['', 'Every kind'], ...CHANGE_KINDS.map((kind) => [kind, inWords(kind)] as const)]}
            value={rule.kind ?? ''}
            onChange={({ target }) =>
              putRule(index, { kind: CHANGE_KINDS.find((kind) => kind === target.value) })
            }
          />
          <Input
            label="Tier"
            placeholder="every tier"
            value={rule.tier ?? ''}
            onChange={({ target }) => putRule(index, { tier: target.value || undefined })}
          />
          <NumberInput
            label="Approvals"
            required
            whole
            value={rule.approvals}
            onChange={(approvals) => approvals !== null && putRule(index, { approvals })}
          />
          <Button
            size="small"
            kind="quiet"
            aria-label={`Remove exception ${index + 1}`}
            onClick={() => put({ rules: content.rules.filter((_, place) => place !== index) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => put({ rules: [...content.rules, { approvals: 2 }] })}>
          Add an exception
        </Button>
      </div>
    </>
  );
};
