import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/session.js';
import type { SlaException } from '../../api/fragments.js';
import { Button } from '../../ui/button.js';
import { AcknowledgeDialog } from './acknowledge-dialog.js';
import { WaiverDialog } from './waiver-dialog.js';

/** The ways out of an exception, where it stands. */
export const ExceptionActions = ({ exception }: { readonly exception: SlaException }) => {
  const [asking, setAsking] = useState<'acknowledge' | 'waive' | null>(null);
  const mayAcknowledge = useMay('acknowledge');
  const { customerId, contractTier, mappedTier, status } = exception;
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
      {status !== 'WAIVED' && (
        <Button size="small" onClick={() => setAsking('acknowledge')}>
          {status === 'OPEN' ? 'Acknowledge' : 'Update'}
        </Button>
      )}
      {status !== 'WAIVED' && mappedTier !== null && contractTier !== null && (
        <Button size="small" onClick={() => setAsking('waive')}>
          Waive
        </Button>
      )}
      {asking === 'acknowledge' && <AcknowledgeDialog exception={exception} onClose={close} />}
      {asking === 'waive' && <WaiverDialog exception={exception} onClose={close} />}
    </div>
  );
};
