import { DomainError, invalid } from '../shared/domain-error.js';
import type { Redeliver, WebhookCommand } from './webhook.commands.js';
import type { WebhookEvent } from './webhook.events.js';
import { isPresent, type PresentWebhook, type WebhookState } from './webhook.state.js';

/** Most dead letters that one command sends again. */
export const MOST_REDELIVERIES = 500;

/**
 * What may happen to a webhook. What comes from deliveries (disabling, abandoning, settling) is never refused: it is
 * about something that has happened elsewhere, and says nothing when the webhook has gone meanwhile.
 *
 * @throws DomainError NOT_FOUND; DUPLICATE; NOT_OPEN when a disabled webhook is to redeliver; INVALID_INPUT at `positions`
 */
export const decideWebhook = (command: WebhookCommand, state: WebhookState): readonly WebhookEvent[] => {
  switch (command.type) {
    case 'CreateWebhook': {
      const { type: _, ...data } = command;
      if (state.status !== 'ABSENT')
        throw new DomainError('DUPLICATE', 'This webhook exists already.', { existingId: data.webhookId });
      return [{ type: 'WebhookCreated', data }];
    }
    case 'DeleteWebhook':
      return state.status === 'DELETED'
        ? []
        : [{ type: 'WebhookDeleted', data: { webhookId: present(state).webhookId } }];
    case 'ResumeWebhook':
      return [{ type: 'WebhookResumed', data: { webhookId: present(state).webhookId } }];
    case 'ReplaceSecret': {
      const { secretId, secretKey } = command;
      const { webhookId } = present(state);
      return [{ type: 'WebhookSecretReplaced', data: { webhookId, secretId, secretKey } }];
    }
    case 'Redeliver':
      return redeliver(command, present(state));
    case 'DisableWebhook':
      return state.status === 'ACTIVE'
        ? [{ type: 'WebhookDisabled', data: { webhookId: state.webhookId, position: command.position } }]
        : [];
    case 'AbandonDelivery': {
      const { position, attempts, message } = command;
      if (!isPresent(state) || state.deadLetters.has(position)) return [];
      return [
        { type: 'DeliveryAbandoned', data: { webhookId: state.webhookId, position, attempts, message } },
      ];
    }
    case 'SettleRedelivery': {
      const { position, message } = command;
      if (!isPresent(state) || state.deadLetters.get(position) !== 'REQUESTED') return [];
      const failed = message === undefined ? {} : { message };
      return [{ type: 'RedeliveryAttempted', data: { webhookId: state.webhookId, position, ...failed } }];
    }
  }
};

const redeliver = ({ positions }: Redeliver, state: PresentWebhook): readonly WebhookEvent[] => {
  if (state.status === 'DISABLED')
    throw new DomainError('NOT_OPEN', 'This webhook is disabled. Resume it first.', { path: ['webhookId'] });
  if (positions && positions.length > MOST_REDELIVERIES)
    throw invalid(['positions'], `Send at most ${MOST_REDELIVERIES} dead letters again at a time.`);
  const unknown = positions?.find((position) => !state.deadLetters.has(position));
  if (unknown !== undefined)
    throw new DomainError('NOT_FOUND', `There is no dead letter at ${unknown}.`, { path: ['positions'] });
  const asked = positions ?? [...state.deadLetters.keys()];
  const dead = [...new Set(asked)].filter((position) => state.deadLetters.get(position) === 'DEAD');
  if (dead.length === 0) return [];
  const { webhookId } = state;
  return [{ type: 'RedeliveryRequested', data: { webhookId, positions: dead.slice(0, MOST_REDELIVERIES) } }];
};

/** Deleted, never there or another organization's: the same answer. */
export const noWebhook = (): DomainError =>
  new DomainError('NOT_FOUND', 'There is no such webhook in your organization.', { path: ['webhookId'] });

const present = (state: WebhookState): PresentWebhook => {
  if (!isPresent(state)) throw noWebhook();
  return state;
};
