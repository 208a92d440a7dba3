import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Input, Textarea } from '../../ui/field.js';
import { ErrorNote } from '../../ui/states.js';
import type { DraftTier } from './matrix-draft.js';
import { ProposeTierRetirement } from './matrix.graphql.js';

interface Props {
  readonly tier: DraftTier;
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onSave: (tier: DraftTier) => void;
}

const numberOf = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.replace(',', '.'));
const listOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((each) => each.trim())
    .filter(Boolean);

/** `phone: P0, P1; 24x7`, a line each: shorter to write than a form of many fields. */
const channelLine = ({ channel, priorities, coverage }: DraftTier['terms']['channels'][number]): string =>
  `${channel}${priorities || coverage ? `: ${(priorities ?? []).join(', ')}` : ''}${coverage ? `; ${coverage}` : ''}`;

const channelOf = (line: string) => {
  const [channel = '', rest = ''] = line.split(':', 2);
  const [priorities = '', coverage = ''] = rest.split(';', 2);
  return {
    channel: channel.trim(),
    priorities: listOf(priorities).length > 0 ? listOf(priorities) : null,
    coverage: coverage.trim() || null,
  };
};

export const TierDetailsDialog = ({ tier, isNew, onClose, onSave }: Props) => {
  const { terms } = tier;
  const [text, setText] = useState({
    name: tier.name,
    rank: String(tier.rank),
    channels: terms.channels.map(channelLine).join('\n'),
    uptime: String(terms.uptimePercent ?? ''),
    achievement: String(terms.achievementPercent ?? ''),
    credit: String(terms.credits?.percentPerBreach ?? ''),
    cap: String(terms.credits?.monthlyCapPercent ?? ''),
    features: terms.features.join(', '),
    notes: terms.notes ?? '',
  });
  const retire = useTell(ProposeTierRetirement);
  const navigate = useNavigate();
  const field = (name: keyof typeof text) => ({
    value: text[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      setText({ ...text, [name]: target.value }),
  });
  const save = (): void => {
    const credit = numberOf(text.credit);
    onSave({
      ...tier,
      name: text.name.trim(),
      rank: Number(text.rank),
      terms: {
        ...terms,
        channels: text.channels
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(channelOf),
        uptimePercent: numberOf(text.uptime),
        achievementPercent: numberOf(text.achievement),
        credits:
          credit === null ? null : { percentPerBreach: credit, monthlyCapPercent: numberOf(text.cap) ?? 100 },
        features: listOf(text.features),
        notes: text.notes.trim() || null,
      },
    });
    onClose();
  };
  const proposeRetirement = async (): Promise<void> => {
    const { proposeTierRetirement } = await retire.mutateAsync({ input: { key: tier.key } });
    if (proposeTierRetirement.change)
      await navigate({ to: '/changes/$id', params: { id: proposeTierRetirement.change.id } });
  };
  return (
    <Dialog
      title={`${tier.name}: everything else`}
      submit="Put into the proposal"
      onSubmit={save}
      onClose={onClose}
    >
      <div className="grid-2">
        <Input label="Name" required {...field('name')} />
        <Input
          label="Rank"
          type="number"
          min={0}
          required
          hint="Higher is better service."
          {...field('rank')}
        />
      </div>
      <Textarea
        label="Channels"
        rows={6}
        hint="One a line. Limits after a colon: phone: P0, P1; 24x7"
        {...field('channels')}
      />
      <div className="grid-2">
        <Input label="Uptime %" inputMode="decimal" {...field('uptime')} />
        <Input
          label="Achievement %"
          inputMode="decimal"
          hint="Share of tickets a month."
          {...field('achievement')}
        />
        <Input label="Credit % per breach" inputMode="decimal" {...field('credit')} />
        <Input label="At most % a month" inputMode="decimal" {...field('cap')} />
      </div>
      <Input label="Features" hint="With commas between them." {...field('features')} />
      <Textarea label="Notes" {...field('notes')} />
      {!isNew && (
        <div className="row">
          <Button
            kind="danger"
            size="small"
            busy={retire.isPending}
            onClick={() => void proposeRetirement().catch(() => retire.error)}
          >
            Propose to retire this tier
          </Button>
        </div>
      )}
      <ErrorNote error={retire.error} />
    </Dialog>
  );
};
