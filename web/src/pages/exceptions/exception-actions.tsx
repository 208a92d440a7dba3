import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import { useMay } from '../../api/session.js';
import type { SlaException } from '../../api/fragments.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Textarea } from '../../ui/field.js';
import { AcknowledgeException } from './exceptions.graphql.js';
import { WaiverDialog } from './waiver-dialog.js';

/** The ways out of an exception, where it stands. */
export const ExceptionActions = ({ exception }: { readonly exception: SlaException }) => {
  const [asking, setAsking] = useState<'acknowledge' | 'waive' | null>(null);
  const mayAcknowledge = useMay('acknowledge');
  const { id, customerId, contractTier, mappedTier, status } = exception;
  if (!mayAcknowledge || status === 'RESOLVED') return null;
  const close = (): void => setAsking(null);
  return (
    <div className="row no-print">
      {customerId !== null && (
        <Link
          className="button small"
          to="/remap"
          search={{ ids: customerId, to: contractTier ?? undefined }}
        >
          Remap
        </Link>
      )}
      {status === 'OPEN' && (
        <Button size="small" onClick={() => setAsking('acknowledge')}>
          Acknowledge
        </Button>
      )}
      {status !== 'WAIVED' && mappedTier !== null && contractTier !== null && (
        <Button size="small" onClick={() => setAsking('waive')}>
          Waive
        </Button>
      )}
      {asking === 'acknowledge' && <AcknowledgeDialog id={id} onClose={close} />}
      {asking === 'waive' && <WaiverDialog exception={exception} onClose={close} />}
    </div>
  );
};

const AcknowledgeDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const [note, setNote] = useState('');
  const acknowledge = useTell(AcknowledgeException);
  return (
    <Dialog
      title="Acknowledge this exception"
      submit="Acknowledge"
      busy={acknowledge.isPending}
      error={acknowledge.error}
      onSubmit={() => acknowledge.mutate({ exceptionId: id, note }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Textarea
        label="Note"
        required
        hint="Who looks after it, and until when. The exception itself stays until the facts agree."
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Dialog>
  );
};
