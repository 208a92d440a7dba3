import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { usePolicy } from '../../api/policy.js';
import { useTell } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import { inWords } from '../../lib/format.js';
import { Button } from '../../ui/button.js';
import { Input, Select, Textarea } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { ErrorNote } from '../../ui/states.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { ProposeApprovalPolicy } from './propose.graphql.js';

type Policy = ReturnType<typeof usePolicy>;

const KINDS = [
  'TIER_TERMS',
  'TIER_RETIREMENT',
  'COVERAGE',
  'CONTRACT',
  'REMAP',
  'WAIVER',
  'APPROVAL_POLICY',
  'IMPORT',
] as const;

export const PolicyPage = () => {
  const policy = usePolicy();
  return (
    <Page title="Approval rules" about="How many have to agree before something is promised." narrow>
      <PolicyForm key={JSON.stringify(policy)} policy={policy} />
    </Page>
  );
};

const SWITCHES = [
  ['allowSelfApproval', 'Proposers may approve their own (the version is marked as self-approved)'],
  ['allowBackdating', 'Versions may begin in the past (with a reason, and a mark for ever)'],
  ['requireReason', 'Every proposal needs a reason'],
] as const;

const PolicyForm = ({ policy }: { readonly policy: Policy }) => {
  const mayPropose = useMay('propose');
  const navigate = useNavigate();
  const [draft, setDraft] = useState(policy);
  const [reason, setReason] = useState('');
  const propose = useTell(ProposeApprovalPolicy);
  const putRule = (index: number, change: Partial<Policy['rules'][number]>): void =>
    setDraft({
      ...draft,
      rules: draft.rules.map((rule, place) => (place === index ? { ...rule, ...change } : rule)),
    });
  const submit = (): void => {
    const { defaultApprovals, rules, allowSelfApproval, allowBackdating, requireReason, expireAfterDays } =
      draft;
    propose.mutate(
      {
        input: {
          defaultApprovals,
          rules: rules.map(({ kind, tier, approvals }) => ({
            approvals,
            ...(kind && { kind }),
            ...(tier && { tier }),
          })),
          allowSelfApproval,
          allowBackdating,
          requireReason,
          ...(expireAfterDays !== undefined && { expireAfterDays }),
          reason: reason.trim() || null,
        },
      },
      {
        onSuccess: ({ proposeApprovalPolicy: { change } }) =>
          change && void navigate({ to: '/changes/$id', params: { id: change.id } }),
      },
    );
  };
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!mayPropose} className="stack">
          <div className="grid-2">
            <Input
              label="Approvals needed"
              type="number"
              min={1}
              required
              value={draft.defaultApprovals}
              onChange={({ target }) => setDraft({ ...draft, defaultApprovals: Number(target.value) })}
            />
            <Input
              label="Proposals lapse after days"
              type="number"
              min={1}
              hint="Empty: never."
              value={draft.expireAfterDays ?? ''}
              onChange={({ target }) =>
                setDraft({
                  ...draft,
                  expireAfterDays: target.value === '' ? undefined : Number(target.value),
                })
              }
            />
          </div>
          {SWITCHES.map(([field, text]) => (
            <label key={field} className="check">
              <input
                type="checkbox"
                checked={draft[field]}
                onChange={({ target }) => setDraft({ ...draft, [field]: target.checked })}
              />
              {text}
            </label>
          ))}
          <h2>Exceptions from the rule</h2>
          {draft.rules.map((rule, index) => (
            <div key={index} className="row">
              <Select
                label="Kind"
                options={[['', 'Every kind'], ...KINDS.map((kind) => [kind, inWords(kind)] as const)]}
                value={rule.kind ?? ''}
                onChange={({ target }) =>
                  putRule(index, { kind: KINDS.find((kind) => kind === target.value) })
                }
              />
              <Input
                label="Tier"
                placeholder="every tier"
                value={rule.tier ?? ''}
                onChange={({ target }) => putRule(index, { tier: target.value || undefined })}
              />
              <Input
                label="Approvals"
                type="number"
                min={1}
                required
                value={rule.approvals}
                onChange={({ target }) => putRule(index, { approvals: Number(target.value) })}
              />
              <Button
                size="small"
                kind="quiet"
                onClick={() =>
                  setDraft({ ...draft, rules: draft.rules.filter((_, place) => place !== index) })
                }
              >
                Remove
              </Button>
            </div>
          ))}
          <div>
            <Button
              size="small"
              onClick={() => setDraft({ ...draft, rules: [...draft.rules, { approvals: 2 }] })}
            >
              Add an exception
            </Button>
          </div>
          {mayPropose && (
            <>
              <Textarea label="Reason" value={reason} onChange={({ target }) => setReason(target.value)} />
              <WhoApproves kind="APPROVAL_POLICY" />
              <ErrorNote error={propose.error} />
              <div className="row end">
                <Button
                  type="submit"
                  kind="primary"
                  busy={propose.isPending}
                  disabled={JSON.stringify(draft) === JSON.stringify(policy)}
                >
                  Propose
                </Button>
              </div>
            </>
          )}
        </fieldset>
      </form>
    </Panel>
  );
};
