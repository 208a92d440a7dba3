import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorNote } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { DeadLetters } from './dead-letters.js';
import { DeleteWebhook, ResumeWebhook, type WebhookView } from './webhooks.graphql.js';

export const WebhookItem = ({ webhook }: { readonly webhook: WebhookView }) => {
  const { id, url, description, status, createdAt, createdBy, failure, deadLetters } = webhook;
  const [isDeleting, setDeleting] = useState(false);
  const resume = useTell(ResumeWebhook);
  return (
    <li className="stack tight" aria-label={url}>
      <div className="row apart">
        <strong className="mono wrap">{url}</strong>
        <State webhook={webhook} />
      </div>
      {description !== null && <p>{description}</p>}
      <p className="soft small">
        Added by {createdBy} <Time at={createdAt} form="relative" />
      </p>
      {failure !== null && status === 'ACTIVE' && (
        <p className="small">
          The last {failure.attempts === 1 ? 'attempt' : `${failure.attempts} attempts`} failed:{' '}
          {failure.message} The next one is <Time at={failure.nextAttemptAt} form="relative" />; what comes
          after it waits.
        </p>
      )}
      {status === 'DISABLED' && (
        <p className="small">
          The receiver answered that it is gone, so nothing is sent. Once it is back, resume: it goes on where
          it stopped.
        </p>
      )}
      <DeadLetters webhookId={id} letters={deadLetters} />
      <div className="row">
        {status === 'DISABLED' && (
          <Button
            size="small"
            kind="primary"
            busy={resume.isPending}
            onClick={() => resume.mutate({ input: { webhookId: id } })}
          >
            Resume
          </Button>
        )}
        <Button size="small" aria-label={`Delete ${url}`} onClick={() => setDeleting(true)}>
          Delete …
        </Button>
      </div>
      <ErrorNote error={resume.error} />
      {isDeleting && <DeleteDialog webhook={webhook} onClose={() => setDeleting(false)} />}
    </li>
  );
};

const State = ({ webhook: { status, failure, deadLetters } }: { readonly webhook: WebhookView }) => (
  <span className="row">
    {status === 'DISABLED' ? (
      <Badge tone="wrong">Disabled</Badge>
    ) : failure !== null ? (
      <Badge tone="proposed">Trying again</Badge>
    ) : (
      <Badge tone="live">Active</Badge>
    )}
    {deadLetters.totalCount > 0 && <Badge tone="wrong">{deadLetters.totalCount} not delivered</Badge>}
  </span>
);

const DeleteDialog = ({
  webhook: { id, url },
  onClose,
}: {
  readonly webhook: WebhookView;
  readonly onClose: () => void;
}) => {
  const remove = useTell(DeleteWebhook);
  return (
    <Dialog
      title="Delete this webhook?"
      submit="Delete"
      kind="danger"
      busy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ input: { webhookId: id } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="wrap">
        Nothing more is sent to <span className="mono">{url}</span>, and its secret stops counting.
      </p>
    </Dialog>
  );
};
