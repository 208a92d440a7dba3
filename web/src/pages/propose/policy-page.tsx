import { useNavigate } from '@tanstack/react-router';
import type { ApprovalPolicyContent } from '@domain/change/content.js';
import { useTell } from '../../api/hooks.js';
import { usePolicy } from '../../api/policy.js';
import { useMay } from '../../api/session.js';
import { Page } from '../../ui/page.js';
import { timingInput } from '../../ui/proposal-fields.js';
import { PolicyFields } from './policy-fields.js';
import { ProposalForm } from './proposal-form.js';
import { ProposeApprovalPolicy } from './propose.graphql.js';

export const PolicyPage = () => {
  const policy = usePolicy();
  return (
    <Page title="Approval rules" about="How many have to agree before something is promised." narrow>
      <PolicyForm key={JSON.stringify(policy)} policy={policy} />
    </Page>
  );
};

const PolicyForm = ({ policy }: { readonly policy: ApprovalPolicyContent }) => {
  const mayPropose = useMay('propose');
  const navigate = useNavigate();
  const propose = useTell(ProposeApprovalPolicy);
  return (
    <ProposalForm
      name="policy"
      kind="APPROVAL_POLICY"
      initial={policy}
      inForce={policy}
      readOnly={!mayPropose}
      busy={propose.isPending}
      error={propose.error}
      isReady={(content) => JSON.stringify(content) !== JSON.stringify(policy)}
      fields={(props) => <PolicyFields {...props} />}
      onSubmit={({ rules, ...rest }, timing, drop) =>
        propose.mutate(
          { input: { ...rest, rules: [...rules], reason: timingInput(timing).reason } },
          {
            onSuccess: ({ proposeApprovalPolicy: { change } }) => {
              drop();
              if (change) void navigate({ to: '/changes/$id', params: { id: change.id } });
            },
          },
        )
      }
    />
  );
};
