import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import type { SlaException } from '../../api/fragments.js';
import { Dialog } from '../../ui/dialog.js';
import { Input, Select, Textarea } from '../../ui/field.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { ProposeWaiver } from './exceptions.graphql.js';

export const WaiverDialog = ({
  exception,
  onClose,
}: {
  readonly exception: SlaException;
  readonly onClose: () => void;
}) => {
  const [binds, setBinds] = useState<'CONTRACT_TIER' | 'MAPPED_TIER'>('CONTRACT_TIER');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const waive = useTell(ProposeWaiver);
  const navigate = useNavigate();
  const submit = (): void =>
    waive.mutate(
      { input: { exceptionId: exception.id, binds, until: new Date(until).toISOString(), reason } },
      {
        onSuccess: ({ proposeWaiver: { change } }) =>
          change && void navigate({ to: '/changes/$id', params: { id: change.id } }),
      },
    );
  return (
    <Dialog
      title={`Waive for ${exception.customerId}`}
      submit="Propose"
      busy={waive.isPending}
      error={waive.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        One of the two promises binds for a while, once somebody approves it. The facts still have to be put
        right.
      </p>
      <Select
        label="What binds"
        value={binds}
        options={[
          ['CONTRACT_TIER', `The contract: ${exception.contractTier}`],
          ['MAPPED_TIER', `The mapping: ${exception.mappedTier}`],
        ]}
        onChange={({ target }) => setBinds(target.value as typeof binds)}
      />
      <Input
        label="Until"
        type="datetime-local"
        required
        value={until}
        onChange={({ target }) => setUntil(target.value)}
      />
      <Textarea label="Reason" required value={reason} onChange={({ target }) => setReason(target.value)} />
      <WhoApproves kind="WAIVER" />
    </Dialog>
  );
};
