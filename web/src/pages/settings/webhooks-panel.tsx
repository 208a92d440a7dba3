import { useState } from 'react';
import { atLeast } from '../../api/freshness.js';
import { useAsk } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/page.js';
import { Answer } from '../../ui/states.js';
import { AddWebhookDialog } from './add-webhook-dialog.js';
import { WebhookItem } from './webhook-item.js';
import { Webhooks } from './webhooks.graphql.js';

/** Milliseconds: deliveries are not in the feed. */
const LOOK_EVERY_MS = 5_000;

/** Who is told of approved changes, and how that goes. */
export const WebhooksPanel = () => {
  const [isAdding, setAdding] = useState(false);
  const query = useAsk(Webhooks, { atLeast: atLeast() }, { every: LOOK_EVERY_MS, keep: true });
  return (
    <Panel
      title="Webhooks"
      actions={
        <Button size="small" onClick={() => setAdding(true)}>
          Add a webhook …
        </Button>
      }
    >
      <Answer query={query}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="soft">
              None. A webhook sends every approved change to an address of yours: signed, in order, and again
              until it is taken.
            </p>
          ) : (
            <ul className="ruled">
              {webhooks.map((webhook) => (
                <WebhookItem key={webhook.id} webhook={webhook} />
              ))}
            </ul>
          )
        }
      </Answer>
      {isAdding && <AddWebhookDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
};
