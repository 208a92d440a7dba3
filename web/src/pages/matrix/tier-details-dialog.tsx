import { useState } from 'react';
import type { TierTermsContent } from '@domain/change/content.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Pill } from '../../ui/pill.js';
import { TermsExtras } from '../propose/terms/terms-extras.js';
import { emptyCommitment, withoutCommitment } from '../propose/terms/terms-draft.js';
import { NameAndRank } from './name-and-rank.js';

interface Props {
  readonly tier: TierTermsContent;
  /** Of the whole matrix. */
  readonly priorities: readonly string[];
  readonly onClose: () => void;
  readonly onSave: (tier: TierTermsContent) => void;
  /** Absent: it is not in force, so it cannot be taken out of it. */
  readonly onRetire?: (() => void) | undefined;
}

/** What a tier holds besides the cells of the matrix. */
export const TierDetailsDialog = ({ tier, priorities, onClose, onSave, onRetire }: Props) => {
  const [draft, setDraft] = useState(tier);
  const { terms } = draft;
  const has = (priority: string): boolean => terms.commitments.some((each) => each.priority === priority);
  const toggle = (priority: string): void =>
    setDraft({
      ...draft,
      terms: has(priority)
        ? withoutCommitment(terms, priority)
        : { ...terms, commitments: [...terms.commitments, emptyCommitment(priority)] },
    });
  return (
    <Dialog
      title={`${tier.name}: everything else`}
      submit="Put into the proposal"
      wide
      onSubmit={() => {
        onSave({ ...draft, name: draft.name.trim() });
        onClose();
      }}
      onClose={onClose}
    >
      <NameAndRank tier={draft} onChange={setDraft} />
      <fieldset className="stack tight">
        <legend>Priorities it has a commitment for</legend>
        <span className="pills">
          {priorities.map((priority) => (
            <Pill
              key={priority}
              pressed={has(priority)}
              disabled={has(priority) && terms.commitments.length === 1}
              onClick={() => toggle(priority)}
            >
              {priority}
            </Pill>
          ))}
        </span>
      </fieldset>
      <TermsExtras terms={terms} onChange={(next) => setDraft({ ...draft, terms: next })} />
      {onRetire && (
        <div className="row">
          <Button kind="danger" size="small" onClick={onRetire}>
            Retire this tier …
          </Button>
        </div>
      )}
    </Dialog>
  );
};
