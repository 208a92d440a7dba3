import { useState } from 'react';
import { useTell } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Input } from '../../ui/field.js';
import { CreateWebhook } from './webhooks.graphql.js';

/** Before the first entry of the log. */
const BEGINNING = '0'.repeat(20);

export const AddWebhookDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [fromBeginning, setFromBeginning] = useState(false);
  const create = useTell(CreateWebhook);
  const secret = create.data?.createWebhook.secret ?? null;
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />;
  const input = {
    url: url.trim(),
    description: description.trim() || null,
    ...(fromBeginning && { after: BEGINNING }),
  };
  return (
    <Dialog
      title="Add a webhook"
      submit="Add"
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate({ input })}
      onClose={onClose}
    >
      <Input
        label="Address"
        type="url"
        required
        placeholder="https://example.com/sla"
        hint="It begins with https:// and leads to the public internet."
        value={url}
        onChange={({ target }) => setUrl(target.value)}
      />
      <Input
        label="What it is for"
        value={description}
        onChange={({ target }) => setDescription(target.value)}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={fromBeginning}
          onChange={({ target }) => setFromBeginning(target.checked)}
        />
        Send what has been approved so far, too
      </label>
    </Dialog>
  );
};

const SecretDialog = ({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) => {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title="Keep this secret now" submit="I have kept it" onSubmit={onClose}>
      <p>
        Every delivery is signed with it, so that the receiver can tell ours from others. It is not shown
        again.
      </p>
      <div className="row nowrap">
        <Input
          label="Signing secret"
          quiet
          readOnly
          className="mono"
          value={secret}
          onFocus={({ target }) => target.select()}
        />
        {/* Browsers give the clipboard to pages over https alone; the field can be copied from by hand. */}
        {'clipboard' in navigator && (
          <Button onClick={() => void copy().catch(() => setCopied(false))}>
            <span role="status">{isCopied ? 'Copied' : 'Copy'}</span>
          </Button>
        )}
      </div>
    </Dialog>
  );
};
