import { describe, expect, it } from '@jest/globals';
import { recorded } from '../../../test/support/given-subject.js';
import type { WebhookCommand } from './webhook.commands.js';
import { decideWebhook } from './webhook.decider.js';
import type { DeliveryAbandoned, WebhookEvent } from './webhook.events.js';
import { evolveWebhook, isPresent, NO_WEBHOOK, type WebhookState } from './webhook.state.js';

const stateAfter = (events: readonly WebhookEvent[]): WebhookState =>
  events
    .map((event, i) => recorded(event, { actor: 'ada', position: BigInt(i + 1) }))
    .reduce(evolveWebhook, NO_WEBHOOK);

const given = (...events: readonly WebhookEvent[]) => ({
  when: (command: WebhookCommand) => {
    const decide = () => decideWebhook(command, stateAfter(events));
    return {
      then: (...expected: readonly WebhookEvent[]) => expect(decide()).toEqual(expected),
      thenNothingHappens: () => expect(decide()).toEqual([]),
      thenFails: (code: string) => expect(decide).toThrow(expect.objectContaining({ code })),
    };
  },
});

const webhookId = 'w';
const place = (position: number): string => String(position).padStart(20, '0');
const data = { webhookId, url: 'https://a.example/', after: place(7), secretKey: 'k' };
const create: WebhookCommand = { type: 'CreateWebhook', ...data };
const created: WebhookEvent = { type: 'WebhookCreated', data };
const disabled: WebhookEvent = { type: 'WebhookDisabled', data: { webhookId, position: place(8) } };
const resumed: WebhookEvent = { type: 'WebhookResumed', data: { webhookId } };
const deleted: WebhookEvent = { type: 'WebhookDeleted', data: { webhookId } };
const failure = { attempts: 10, message: 'The receiver answered with status 500.' };
const abandoned = (position: number): DeliveryAbandoned => ({
  type: 'DeliveryAbandoned',
  data: { webhookId, position: place(position), ...failure },
});
const requested = (...positions: number[]): WebhookEvent => ({
  type: 'RedeliveryRequested',
  data: { webhookId, positions: positions.map(place) },
});
const attempted = (position: number, message?: string): WebhookEvent => ({
  type: 'RedeliveryAttempted',
  data: { webhookId, position: place(position), ...(message !== undefined && { message }) },
});

describe('creating a webhook', () => {
  it('makes it', () => given().when(create).then(created));
  it('makes it once', () => given(created).when(create).thenFails('DUPLICATE'));
  it('does not bring back one that was deleted', () =>
    given(created, deleted).when(create).thenFails('DUPLICATE'));
});

describe('deleting a webhook', () => {
  const remove = { type: 'DeleteWebhook' } as const;
  it('ends it', () => given(created).when(remove).then(deleted));
  it('ends a disabled one', () => given(created, disabled).when(remove).then(deleted));
  it('happens once', () => given(created, deleted).when(remove).thenNothingHappens());
  it('needs a webhook', () => given().when(remove).thenFails('NOT_FOUND'));
});

describe('a secret', () => {
  const replaced = (secretId: string): WebhookEvent => ({
    type: 'WebhookSecretReplaced',
    data: { webhookId, secretId, secretKey: 'k' },
  });
  const replace = { type: 'ReplaceSecret', secretId: 'second', secretKey: 'k' } as const;
  it('is replaced as long as the webhook is there', () => {
    given(created).when(replace).then(replaced('second'));
    given(created, disabled).when(replace).then(replaced('second'));
    given(created, deleted).when(replace).thenFails('NOT_FOUND');
  });
  it('signs for another day once it is replaced, and three sign at most', () => {
    const secretsAfter = (...events: WebhookEvent[]) => {
      const state = stateAfter([created, ...events]);
      return isPresent(state) ? state.secrets : null;
    };
    // Everything is recorded on 1 July at 9 here.
    const until = '2026-07-02T09:00:00.000Z';
    expect(secretsAfter()).toEqual([{ secretKey: 'k' }]);
    expect(secretsAfter(replaced('second'))).toEqual([
      { secretId: 'second', secretKey: 'k' },
      { secretKey: 'k', until },
    ]);
    const names = secretsAfter(...['second', 'third', 'fourth'].map(replaced))?.map((one) => one.secretId);
    expect(names).toEqual(['fourth', 'third', 'second']);
  });
});

describe('a receiver that is gone', () => {
  const disable = { type: 'DisableWebhook', position: place(8) } as const;
  it('disables its webhook, once', () => {
    given(created).when(disable).then(disabled);
    given(created, disabled).when(disable).thenNothingHappens();
    given(created, deleted).when(disable).thenNothingHappens();
  });
  it('is tried again when somebody resumes', () => {
    given(created, disabled).when({ type: 'ResumeWebhook' }).then(resumed);
    expect(stateAfter([created, disabled, resumed])).toMatchObject({ status: 'ACTIVE', resumedAt: 3n });
  });
  it('is not resumed once it is deleted', () =>
    given(created, deleted).when({ type: 'ResumeWebhook' }).thenFails('NOT_FOUND'));
});

describe('a delivery that is given up', () => {
  const abandon = (position: number): WebhookCommand => ({
    type: 'AbandonDelivery',
    position: place(position),
    ...failure,
  });
  it('is a dead letter, once', () => {
    given(created).when(abandon(8)).then(abandoned(8));
    given(created, abandoned(8)).when(abandon(8)).thenNothingHappens();
    given(created, deleted).when(abandon(8)).thenNothingHappens();
  });
  it('is sent again when asked for', () => {
    given(created, abandoned(8), abandoned(9))
      .when({ type: 'Redeliver', positions: [place(9), place(9)] })
      .then(requested(9));
    given(created, abandoned(8), abandoned(9)).when({ type: 'Redeliver' }).then(requested(8, 9));
  });
  it('is not asked for twice', () =>
    given(created, abandoned(8), requested(8)).when({ type: 'Redeliver' }).thenNothingHappens());
  it('has to be one', () =>
    given(created, abandoned(8))
      .when({ type: 'Redeliver', positions: [place(9)] })
      .thenFails('NOT_FOUND'));
  it('waits while the webhook is disabled', () =>
    given(created, abandoned(8), disabled).when({ type: 'Redeliver' }).thenFails('NOT_OPEN'));
  it('is none any more once it is delivered, and stays one when it fails', () => {
    const settle = { type: 'SettleRedelivery', position: place(8) } as const;
    given(created, abandoned(8), requested(8)).when(settle).then(attempted(8));
    given(created, abandoned(8), requested(8))
      .when({ ...settle, message: 'no' })
      .then(attempted(8, 'no'));
    given(created, abandoned(8)).when(settle).thenNothingHappens();
    const letters = (...events: WebhookEvent[]) => {
      const state = stateAfter([created, abandoned(8), requested(8), ...events]);
      return isPresent(state) ? [...state.deadLetters] : null;
    };
    expect(letters(attempted(8))).toEqual([]);
    expect(letters(attempted(8, 'no'))).toEqual([[place(8), 'DEAD']]);
  });
});
