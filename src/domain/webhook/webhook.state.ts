import type { RecordedEvent } from '../events.js';
import { epochOf, instantOf, type Instant } from '../shared/instant.js';

/** What deliveries are signed with, by name. */
export interface NamedSecret {
  /** Absent: the one that the webhook was made with. */
  readonly secretId?: string;
  readonly secretKey: string;
  /** It signs until then; absent: until it is replaced. */
  readonly until?: Instant;
}

/** How long a replaced secret still signs, in milliseconds: a day for the receiver to change over. */
const OVERLAP_MS = 24 * 3_600_000;
/** That sign one delivery: each is a signature in its header. */
const MOST_SECRETS = 3;

/** A webhook that is there. */
export interface PresentWebhook {
  readonly status: 'ACTIVE' | 'DISABLED';
  readonly webhookId: string;
  readonly url: string;
  readonly after: string;
  /** The newest first. */
  readonly secrets: readonly NamedSecret[];
  /** Position in the log at which somebody last resumed it; 0: nobody did. A failure recorded before no longer counts. */
  readonly resumedAt: bigint;
  /** Entries given up, by position. */
  readonly deadLetters: ReadonlyMap<string, 'DEAD' | 'REQUESTED'>;
}

export type WebhookState = { readonly status: 'ABSENT' | 'DELETED' } | PresentWebhook;

export const NO_WEBHOOK: WebhookState = { status: 'ABSENT' };

export const isPresent = (state: WebhookState): state is PresentWebhook =>
  state.status === 'ACTIVE' || state.status === 'DISABLED';

/** The state of a webhook after one more event of its stream. */
export const evolveWebhook = (state: WebhookState, event: RecordedEvent): WebhookState => {
  if (event.type === 'WebhookCreated') {
    const { description: _, secretKey, ...created } = event.data;
    return { status: 'ACTIVE', ...created, secrets: [{ secretKey }], resumedAt: 0n, deadLetters: new Map() };
  }
  return isPresent(state) ? evolvePresent(state, event) : state;
};

const evolvePresent = (state: PresentWebhook, event: RecordedEvent): WebhookState => {
  switch (event.type) {
    case 'WebhookDisabled':
      return { ...state, status: 'DISABLED' };
    case 'WebhookResumed':
      return { ...state, status: 'ACTIVE', resumedAt: event.position };
    case 'WebhookDeleted':
      return { status: 'DELETED' };
    case 'WebhookSecretReplaced': {
      const { secretId, secretKey } = event.data;
      const until = instantOf(epochOf(event.recordedAt) + OVERLAP_MS);
      const before = state.secrets.map((secret) => ({ until, ...secret }));
      return { ...state, secrets: [{ secretId, secretKey }, ...before].slice(0, MOST_SECRETS) };
    }
    case 'DeliveryAbandoned':
      return withLetters(state, (letters) => letters.set(event.data.position, 'DEAD'));
    case 'RedeliveryRequested':
      return withLetters(state, (letters) => {
        for (const position of event.data.positions) letters.set(position, 'REQUESTED');
      });
    case 'RedeliveryAttempted':
      return withLetters(state, (letters) =>
        event.data.message === undefined
          ? letters.delete(event.data.position)
          : letters.set(event.data.position, 'DEAD'),
      );
    default:
      return state;
  }
};

const withLetters = (
  state: PresentWebhook,
  change: (letters: Map<string, 'DEAD' | 'REQUESTED'>) => unknown,
): PresentWebhook => {
  const deadLetters = new Map(state.deadLetters);
  change(deadLetters);
  return { ...state, deadLetters };
};
