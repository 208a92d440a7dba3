import { useState } from 'react';
import type { SlaException } from '../../api/fragments.js';
import { useTell } from '../../api/hooks.js';
import { useSession } from '../../api/session.js';
import { Dialog } from '../../ui/dialog.js';
import { Input, Textarea } from '../../ui/field.js';
import { AcknowledgeException } from './exceptions.graphql.js';

interface Props {
  readonly exception: SlaException;
  readonly onClose: () => void;
}

/** Who sees to an exception, and by when. */
export const AcknowledgeDialog = ({ exception, onClose }: Props) => {
  const { subject } = useSession();
  const [note, setNote] = useState(exception.note ?? '');
  const [owner, setOwner] = useState(exception.owner ?? subject);
  const [dueOn, setDueOn] = useState(exception.dueOn ?? '');
  const acknowledge = useTell(AcknowledgeException);
  const submit = (): void =>
    acknowledge.mutate(
      { exceptionId: exception.id, note, owner: owner.trim() || null, dueOn: dueOn || null },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      title={`Acknowledge for ${exception.customerId ?? exception.contractId}`}
      submit="Acknowledge"
      busy={acknowledge.isPending}
      error={acknowledge.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>It stays an exception until the facts agree or a waiver is approved.</p>
      <div className="grid-2">
        <Input label="Who sees to it" value={owner} onChange={({ target }) => setOwner(target.value)} />
        <Input label="Due on" type="date" value={dueOn} onChange={({ target }) => setDueOn(target.value)} />
      </div>
      <Textarea
        label="Note"
        required
        hint="What is being done about it."
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Dialog>
  );
};
