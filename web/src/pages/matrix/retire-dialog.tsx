import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import { Dialog } from '../../ui/dialog.js';
import { NO_TIMING, ProposalFields, timingInput } from '../../ui/proposal-fields.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { ProposeTierRetirement } from './matrix.graphql.js';

interface Props {
  readonly tier: { readonly key: string; readonly name: string };
  readonly onClose: () => void;
}

export const RetireDialog = ({ tier, onClose }: Props) => {
  const [timing, setTiming] = useState(NO_TIMING);
  const retire = useTell(ProposeTierRetirement);
  const navigate = useNavigate();
  const submit = (): void =>
    retire.mutate(
      { input: { key: tier.key, ...timingInput(timing) } },
      {
        onSuccess: ({ proposeTierRetirement: { change } }) =>
          change && void navigate({ to: '/changes/$id', params: { id: change.id } }),
      },
    );
  return (
    <Dialog
      title={`Retire ${tier.name}`}
      submit="Propose"
      kind="danger"
      busy={retire.isPending}
      error={retire.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        Once approved, {tier.key} promises nothing more. Whoever is still mapped or contracted to it then
        shows among the exceptions; what it promised until then stays in the history.
      </p>
      <ProposalFields value={timing} onChange={setTiming} />
      <WhoApproves kind="TIER_RETIREMENT" tiers={[tier.key]} />
    </Dialog>
  );
};
