import { randomUUID } from 'node:crypto';
import type { Append } from '../../src/application/ports/event-store.js';
import type { ReadModel } from '../../src/application/ports/read-store.js';
import type { Projection } from '../../projections/runtime/projection.js';

/** A small read model that shows every repeated, lost and reordered event. */
export interface Tally {
  readonly person: string;
  readonly count: number;
  readonly roles: readonly string[];
  readonly positions: readonly string[];
}

export const TALLY: ReadModel<Tally> = { name: 'tally', version: 1, indexes: { byCount: ['count'] } };

/**
 * One document per person. The name `gone` removes it, `poison` cannot be folded, and every count is kept
 * in a document of its own as long as somebody has it.
 */
export const tallyProjection: Projection<Tally> = {
  model: TALLY,
  types: ['PersonAdded'],
  keys: (event) => (event.type === 'PersonAdded' ? [event.data.email] : []),
  evolve: (document, event) => {
    if (event.type !== 'PersonAdded') return document;
    if (event.data.name === 'poison') throw new Error('Nobody is called that.');
    if (event.data.name === 'gone') return null;
    return {
      person: event.data.email,
      count: (document?.count ?? 0) + 1,
      roles: event.data.roles,
      positions: [...(document?.positions ?? []), String(event.position)],
    };
  },
  derive: (before, after) => [
    ...(before ? [{ key: `${before.person}#${before.count}`, document: null }] : []),
    ...(after ? [{ key: `${after.person}#${after.count}`, document: { ...after, positions: [] } }] : []),
  ],
};

export const personAdded = (email: string, name = 'Somebody'): Append => ({
  stream: 'org-acme',
  expected: 'ANY',
  events: [newEvent('PersonAdded', { email, name, roles: ['member'] })],
});

/** An event that the projection does not ask for. */
export const somethingElse = (): Append => ({
  stream: 'org-acme',
  expected: 'ANY',
  events: [newEvent('ApiKeyRevoked', { keyId: 'k' })],
});

const newEvent = <T extends Append['events'][number]['type']>(
  type: T,
  data: Append['events'][number]['data'],
): Append['events'][number] => ({
  id: randomUUID(),
  type,
  data,
  metadata: {
    orgId: 'acme',
    actor: 'ada',
    roles: [],
    commandId: 'c',
    $correlationId: 'c',
    $causationId: null,
    schemaVersion: 1,
  },
});
