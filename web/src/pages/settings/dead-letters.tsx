import { useTell } from '../../api/hooks.js';
import { Button } from '../../ui/button.js';
import { ErrorNote } from '../../ui/states.js';
import { Time } from '../../ui/time.js';
import { RedeliverDeadLetters, type WebhookView } from './webhooks.graphql.js';

interface Props {
  readonly webhookId: string;
  readonly letters: WebhookView['deadLetters'];
}

/** What was given up after the last attempt, to be sent once more. */
export const DeadLetters = ({ webhookId, letters: { nodes, totalCount } }: Props) => {
  const redeliver = useTell(RedeliverDeadLetters);
  if (totalCount === 0) return null;
  const send = (positions?: string[]): void =>
    redeliver.mutate({ input: { webhookId, ...(positions && { positions }) } });
  return (
    <details>
      <summary>
        {totalCount === 1 ? 'One change was given up' : `${totalCount} changes were given up`}
      </summary>
      <div className="stack tight">
        <div className="table-wrap" role="region" aria-label="Dead letters" tabIndex={0}>
          <table className="bare">
            <thead>
              <tr>
                <th scope="col">Position</th>
                <th scope="col">Given up</th>
                <th scope="col">Attempts</th>
                <th scope="col">What came of it</th>
                <th scope="col">
                  <span className="visually-hidden">Send again</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {nodes.map(({ position, failedAt, attempts, message, requested }) => (
                <tr key={position}>
                  <td className="mono">{position.replace(/^0+/, '')}</td>
                  <td>
                    <Time at={failedAt} />
                  </td>
                  <td>{attempts}</td>
                  <td>{message}</td>
                  <td>
                    <Button
                      size="small"
                      disabled={requested}
                      busy={redeliver.isPending}
                      aria-label={`Send ${position} again`}
                      onClick={() => send([position])}
                    >
                      {requested ? 'On its way' : 'Send again'}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {nodes.length < totalCount && (
          <p className="soft small">
            The first {nodes.length} of {totalCount}.
          </p>
        )}
        <div>
          <Button size="small" busy={redeliver.isPending} onClick={() => send()}>
            Send all again
          </Button>
        </div>
        <ErrorNote error={redeliver.error} />
      </div>
    </details>
  );
};
