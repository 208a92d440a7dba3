import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../../src/application/ports/event-store.js';
import { EventStoreError } from '../../../src/application/ports/event-store.js';

export const metadata: NewEvent['metadata'] = {
  orgId: 'demo',
  actor: 'ada@example.com',
  roles: ['admin', 'member'],
  commandId: 'c6b1f7a2-4f0e-4e3a-9d5c-1a2b3c4d5e6f',
  $correlationId: 'correlation',
  $causationId: null,
  schemaVersion: 1,
  via: 'cli',
};

/** An event of a type that no other helper here makes. */
export const commented = (text = 'hello', id: string = randomUUID()): NewEvent => ({
  id,
  type: 'ChangeCommented',
  data: { changeId: 'change', revision: 1, text },
  metadata,
});

export const revoked = (keyId = 'key', id: string = randomUUID()): NewEvent => ({
  id,
  type: 'ApiKeyRevoked',
  data: { keyId },
  metadata,
});

export const many = (count: number, make: () => NewEvent = commented): NewEvent[] =>
  Array.from({ length: count }, () => make());

/** A stream that no other test uses: the log may be shared. */
export const freshStream = (name = 'change-demo.x'): string => `${name}-${randomUUID()}`;

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const ids = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

/** How an append went, for comparing: its revision, or the kind of its refusal. */
export const outcome = async (append: Promise<{ readonly revision: bigint }>): Promise<bigint | string> => {
  try {
    return (await append).revision;
  } catch (error) {
    if (error instanceof EventStoreError) return error.kind;
    throw error;
  }
};

/** What `outcome` says of a refusal that was answered instead of thrown. */
export const answer = (appended: { readonly revision: bigint } | EventStoreError): bigint | string =>
  appended instanceof EventStoreError ? appended.kind : appended.revision;
