import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { WaiverContent } from '@domain/change/content.js';
import { useTell } from '../../api/hooks.js';
import type { SlaException } from '../../api/fragments.js';
import { Dialog } from '../../ui/dialog.js';
import { Textarea } from '../../ui/field.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { WaiverFields } from '../propose/waiver-fields.js';
import { ProposeWaiver } from './exceptions.graphql.js';

interface Props {
  readonly exception: SlaException;
  readonly onClose: () => void;
}

export const WaiverDialog = ({ exception, onClose }: Props) => {
  const { id, customerId, contractTier, mappedTier } = exception;
  const [content, setContent] = useState<WaiverContent>({
    exceptionId: id,
    binds: 'CONTRACT_TIER',
    until: '',
  });
  const [reason, setReason] = useState('');
  const waive = useTell(ProposeWaiver);
  const navigate = useNavigate();
  const submit = (): void =>
    waive.mutate(
      { input: { ...content, reason } },
      {
        onSuccess: ({ proposeWaiver: { change } }) =>
          change && void navigate({ to: '/changes/$id', params: { id: change.id } }),
      },
    );
  return (
    <Dialog
      title={`Waive for ${customerId}`}
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
      <WaiverFields
        content={content}
        onChange={setContent}
        contractTier={contractTier}
        mappedTier={mappedTier}
      />
      <Textarea label="Reason" required value={reason} onChange={({ target }) => setReason(target.value)} />
      <WhoApproves kind="WAIVER" />
    </Dialog>
  );
};
