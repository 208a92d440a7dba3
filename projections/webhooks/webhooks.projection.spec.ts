import { expect, it } from '@jest/globals';
import { recorded } from '../../test/support/given-subject.js';
import { projected } from '../../test/support/given-projection.js';
import type { AnyEvent, RecordedEvent } from '../../src/domain/events.js';
import { webhooksProjection } from './webhooks.projection.js';

const webhookId = 'w';
const place = (position: number): string => String(position).padStart(20, '0');
const failure = { attempts: 2, message: 'no', nextAttemptAt: '2026-07-01T09:00:15.000Z' };
const created: AnyEvent = {
  type: 'WebhookCreated',
  data: { webhookId, url: 'https://a.example/', after: place(7), secretKey: 'k' },
};
const failed: AnyEvent = { type: 'DeliveryRecorded', data: { webhookId, position: place(8), failure } };
const through: AnyEvent = { type: 'DeliveryRecorded', data: { webhookId, position: place(9) } };
const abandoned: AnyEvent = {
  type: 'DeliveryAbandoned',
  data: { webhookId, position: place(9), attempts: 10, message: 'no' },
};
const requested: AnyEvent = { type: 'RedeliveryRequested', data: { webhookId, positions: [place(9)] } };
const attempted = (message?: string): AnyEvent => ({
  type: 'RedeliveryAttempted',
  data: { webhookId, position: place(9), ...(message !== undefined && { message }) },
});

const log = (...events: AnyEvent[]): RecordedEvent[] =>
  events.map((event, i) => recorded(event, { actor: 'ada', position: BigInt(i + 1) }));
const given = (...events: AnyEvent[]) => projected(webhooksProjection, ...log(...events));
const LETTER = `acme/w/${place(9)}`;

it('shows a webhook with the place it has reached, and what holds it up', () => {
  given(created).thenDocument('acme/w', { status: 'ACTIVE', position: place(7), createdBy: 'ada' });
  given(created, failed).thenDocument('acme/w', {
    position: place(8),
    failure: { ...failure, failedAt: '2026-07-01T09:00:00.000Z' },
  });
  for (const over of [through, { type: 'WebhookResumed', data: { webhookId } } as const])
    expect(given(created, failed, over).documents.get('acme/w')).not.toHaveProperty('failure');
});

it('shows that a receiver is gone, and nothing of one that was deleted', () => {
  const gone: AnyEvent = { type: 'WebhookDisabled', data: { webhookId, position: place(8) } };
  given(created, gone).thenDocument('acme/w', { status: 'DISABLED' });
  given(created, { type: 'WebhookDeleted', data: { webhookId } }).thenKeys();
});

it('keeps what was given up until it is delivered after all', () => {
  given(created, abandoned).thenKeys('acme/w', LETTER);
  given(created, abandoned, requested).thenDocument(LETTER, { entry: place(9), requested: true });
  given(created, abandoned, requested, attempted('still no')).thenDocument(LETTER, {
    attempts: 11,
    message: 'still no',
    requested: false,
  });
  given(created, abandoned, requested, attempted()).thenKeys('acme/w');
});
