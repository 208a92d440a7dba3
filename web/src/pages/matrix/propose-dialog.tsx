import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { TierTermsContent } from '@domain/change/content.js';
import { useTell } from '../../api/hooks.js';
import { Dialog } from '../../ui/dialog.js';
import { NO_TIMING, ProposalFields, timingInput } from '../../ui/proposal-fields.js';
import { WhoApproves } from '../../ui/who-approves.js';
import { termsInput } from '../propose/terms/terms-draft.js';
import { ProposeTierTerms } from './matrix.graphql.js';

interface Props {
  readonly changed: readonly TierTermsContent[];
  readonly deltas: number;
  /** Told as soon as a tier is proposed, so that a second try does not propose it twice. */
  readonly onProposed: (keys: readonly string[]) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** One change per tier: each is decided by itself. */
export const ProposeDialog = ({ changed, deltas, onProposed, onClose, onDone }: Props) => {
  const [timing, setTiming] = useState(NO_TIMING);
  const propose = useTell(ProposeTierTerms);
  const navigate = useNavigate();
  const submit = async (): Promise<void> => {
    const ids: string[] = [];
    for (const [index, tier] of changed.entries()) {
      const input = { ...tier, terms: termsInput(tier.terms), ...timingInput(timing) };
      const { proposeTierTerms } = await propose.mutateAsync({ input });
      if (proposeTierTerms.change) ids.push(proposeTierTerms.change.id);
      onProposed(changed.slice(0, index + 1).map(({ key }) => key));
    }
    onDone();
    await (ids.length === 1
      ? navigate({ to: '/changes/$id', params: { id: ids[0]! } })
      : navigate({ to: '/changes', search: { view: 'open' } }));
  };
  return (
    <Dialog
      title={`Propose ${deltas} ${deltas === 1 ? 'difference' : 'differences'} in ${changed.map(({ key }) => key).join(', ')}`}
      submit="Propose"
      busy={propose.isPending}
      error={propose.error}
      // The mutation keeps its error, which the dialog shows.
      onSubmit={() => void submit().catch(() => propose.error)}
      onClose={onClose}
    >
      {changed.length > 1 && (
        <p>Each tier becomes a proposal of its own, so that each can be decided by itself.</p>
      )}
      <ProposalFields value={timing} onChange={setTiming} temporary />
      <WhoApproves kind="TIER_TERMS" tiers={changed.map(({ key }) => key)} />
    </Dialog>
  );
};
