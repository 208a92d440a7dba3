import { useState } from 'react';
import type { TierTermsContent } from '@domain/change/content.js';
import { Dialog } from '../../ui/dialog.js';
import { Input, Select } from '../../ui/field.js';
import { emptyCommitment } from '../propose/terms/terms-draft.js';

interface Props {
  readonly like: readonly TierTermsContent[];
  readonly onClose: () => void;
  readonly onAdd: (tier: TierTermsContent) => void;
}

/** What the first tier of an organization begins with. */
const BLANK: TierTermsContent['terms'] = {
  commitments: ['P0', 'P1', 'P2', 'P3'].map((priority) => emptyCommitment(priority)),
  channels: [],
  features: [],
};

export const NewTierDialog = ({ like, onClose, onAdd }: Props) => {
  const [name, setName] = useState('');
  const [from, setFrom] = useState(like[0]?.key ?? '');
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const isTaken = like.some((tier) => tier.key === key);
  const submit = (): void => {
    if (isTaken || key === '') return;
    const source = like.find((tier) => tier.key === from);
    const rank = Math.max(0, ...like.map((tier) => tier.rank)) + 1;
    onAdd({ key, name: name.trim(), rank, terms: source?.terms ?? BLANK });
    onClose();
  };
  return (
    <Dialog title="Add a tier" submit="Add to the proposal" onSubmit={submit} onClose={onClose}>
      <Input
        label="Name"
        required
        value={name}
        onChange={({ target }) => setName(target.value)}
        hint={key === '' ? 'For example Platinum.' : `Sheets and APIs call it ${key}.`}
        error={isTaken ? `There is a tier ${key} already.` : undefined}
      />
      {like.length > 0 && (
        <Select
          label="Begin with the terms of"
          options={[...like.map((tier) => [tier.key, tier.name] as const), ['', 'No tier: blank']]}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
      )}
    </Dialog>
  );
};
