import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../domain/events.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { instantOf } from '../../domain/shared/instant.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import type { CommandContext } from '../command-context.js';
import { EventStoreError } from '../ports/event-store.js';
import { Refusals, type Attempt } from './refusals.js';

const by = (subject: string, orgId = 'demo'): CommandContext => ({
  principal: { subject, orgId, roles: ['viewer'], kind: 'user', scopes: [] },
  via: 'graphql',
  correlationId: 'c-1',
});
const APPROVE: Attempt = { action: 'ApproveChange', changeId: 'ch-1' };

describe('what somebody may not do', () => {
  let events: InMemoryEventStore;
  let refusals: Refusals;
  let now: number;
  let errors: unknown[];
  beforeEach(() => {
    now = 1_770_000_000_000;
    errors = [];
    let ids = 0;
    events = new InMemoryEventStore();
    refusals = new Refusals({
      events,
      ids: { random: () => `id-${++ids}`, derived: (...parts) => parts.join() },
      clock: { now: () => instantOf(now) },
      onError: (error) => errors.push(error),
    });
  });
  const recorded = async (orgId = 'demo'): Promise<RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const event of events.readStream(`refusals-${orgId}`)) found.push(event);
    return found;
  };
  const refuse = (code: DomainError['code'], attempt = APPROVE, context = by('vera')): Promise<unknown> =>
    refusals
      .watched(context, attempt, () => Promise.reject(new DomainError(code, 'No.')))
      .catch((error: unknown) => error);

  it('is refused all the same, and recorded', async () => {
    expect(await refuse('SELF_APPROVAL')).toMatchObject({ code: 'SELF_APPROVAL' });
    expect(await recorded()).toMatchObject([
      {
        type: 'ActionRefused',
        data: { action: 'ApproveChange', code: 'SELF_APPROVAL', triedChangeId: 'ch-1', message: 'No.' },
        metadata: { orgId: 'demo', actor: 'vera', roles: ['viewer'], $correlationId: 'c-1', via: 'graphql' },
      },
    ]);
  });

  it('is not what was merely wrong', async () => {
    for (const code of ['STALE', 'INVALID_INPUT', 'NOT_OPEN'] as const) await refuse(code);
    await refuse('NOT_FOUND', { action: 'ProposeChange' });
    await refusals.watched(by('vera'), APPROVE, () => Promise.resolve('done'));
    expect(await recorded()).toEqual([]);
  });

  it('cannot flood the log: beyond ten in a minute only the number is kept', async () => {
    for (let i = 0; i < 1_000; i++) await refuse('FORBIDDEN');
    await refuse('FORBIDDEN', APPROVE, by('mia'));
    expect(await recorded()).toHaveLength(11);
    now += 60_000;
    await refuse('FORBIDDEN');
    await refuse('FORBIDDEN');
    const [first, second] = (await recorded()).slice(11);
    expect(first!.data).toMatchObject({ omitted: 990 });
    expect(second!.data).not.toHaveProperty('omitted');
  });

  it('lies in the stream of the caller’s own organization', async () => {
    await refuse('NOT_FOUND', APPROVE, by('mallory', 'other'));
    expect(await recorded('demo')).toEqual([]);
    expect(await recorded('other')).toHaveLength(1);
  });

  it('is refused also while the log cannot be written', async () => {
    const failure = new EventStoreError('UNAVAILABLE', 'gone');
    events.append = () => Promise.reject(failure);
    expect(await refuse('FORBIDDEN')).toMatchObject({ code: 'FORBIDDEN' });
    expect(errors).toEqual([failure]);
  });
});
