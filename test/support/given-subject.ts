import { expect } from '@jest/globals';
import type { ChangeCommand, DecisionContext } from '../../src/domain/change/change.commands.js';
import { INITIAL_POLICY } from '../../src/domain/change/policy.js';
import { decideSubject } from '../../src/domain/change/subject.decider.js';
import { subjectOfEvents } from '../../src/domain/change/subject.evolve.js';
import type { AnyEvent, RecordedEvent } from '../../src/domain/events.js';
import type { Instant } from '../../src/domain/shared/instant.js';

export interface By {
  readonly actor: string;
  readonly at?: Instant;
}

/** An event as the log would hold it. */
export const recorded = (
  event: AnyEvent,
  {
    actor,
    at = '2026-07-01T09:00:00.000Z',
    orgId = 'acme',
    position = 1n,
  }: By & { orgId?: string; position?: bigint },
): RecordedEvent => ({
  id: `00000000-0000-4000-8000-${position.toString().padStart(12, '0')}`,
  stream: 'tier-acme.gold',
  revision: position - 1n,
  position,
  recordedAt: at,
  metadata: {
    orgId,
    actor,
    roles: ['member'],
    commandId: 'c',
    $correlationId: 'c',
    $causationId: null,
    schemaVersion: 1,
  },
  ...event,
});

export const context = (changes: Partial<DecisionContext> = {}): DecisionContext => ({
  now: '2026-07-01T10:00:00.000Z',
  actor: 'ada',
  isAdmin: true,
  policy: INITIAL_POLICY,
  mayStillApprove: () => true,
  timeZone: 'Europe/Berlin',
  ...changes,
});

/** Given what has happened to a subject, when a command comes, then these events follow, or it is refused. */
export const given = (...events: readonly (readonly [AnyEvent, By])[]) => ({
  when: (command: ChangeCommand, changes: Partial<DecisionContext> = {}) => {
    const state = subjectOfEvents(
      events.map(([event, by], i) => recorded(event, { ...by, position: BigInt(i + 1) })),
    );
    const decide = () => decideSubject(command, state, context(changes));
    return {
      then: (...expected: readonly AnyEvent[]) => expect(decide()).toEqual(expected),
      thenMatches: (expected: object) => expect(decide()).toMatchObject([expected]),
      thenNothingHappens: () => expect(decide()).toEqual([]),
      thenFails: (code: string, details: object = {}) => {
        let error: unknown;
        try {
          decide();
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toMatchObject({ code, ...details });
      },
    };
  },
});
