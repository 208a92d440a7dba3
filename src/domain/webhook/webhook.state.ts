import type { RecordedEvent } from '../events.js';

/** A webhook that is there. */
export interface PresentWebhook {
  readonly status: 'ACTIVE' | 'DISABLED';
  readonly webhookId: string;
  readonly url: string;
  readonly after: string;
  readonly secretKey: string;
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
    const { description: _, ...created } = event.data;
    return { status: 'ACTIVE', ...created, resumedAt: 0n, deadLetters: new Map() };
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
