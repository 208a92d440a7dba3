import { useState } from 'react';
import { Dialog } from '../../ui/dialog.js';
import { Input, Select } from '../../ui/field.js';
import type { DraftTier } from './matrix-draft.js';

interface Props {
  readonly like: readonly DraftTier[];
  readonly onClose: () => void;
  readonly onAdd: (tier: DraftTier) => void;
}

const EMPTY = {
  commitments: [],
  channels: [],
  uptimePercent: null,
  achievementPercent: null,
  credits: null,
  features: [],
  notes: null,
};

export const NewTierDialog = ({ like, onClose, onAdd }: Props) => {
  const [name, setName] = useState('');
  const [from, setFrom] = useState(like[0]?.key ?? '');
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  const isTaken = like.some((tier) => tier.key === key);
  const submit = (): void => {
    if (isTaken || key === '') return;
    const source = like.find((tier) => tier.key === from);
    const rank = Math.max(0, ...like.map((tier) => tier.rank)) + 1;
    onAdd({ key, name: name.trim(), rank, terms: source?.terms ?? EMPTY });
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
      <Select
        label="Begin with the terms of"
        options={like.map((tier) => [tier.key, tier.name] as const)}
        value={from}
        onChange={({ target }) => setFrom(target.value)}
      />
    </Dialog>
  );
};
