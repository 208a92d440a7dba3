import { describe, expect, it } from '@jest/globals';
import { UnreadableEventError } from '../../../application/ports/unreadable-event-error.js';
import { isSystemEvent, positionOf, recordedEvent } from './recorded-event.js';

const metadata = {
  orgId: 'demo',
  actor: 'ada@example.com',
  roles: ['admin'],
  commandId: 'command',
  $correlationId: 'correlation',
  $causationId: null,
  schemaVersion: 1,
};
const stored = {
  id: '0d7b5b5e-1b8e-4c39-8f0e-3f7a1f4c9d11',
  type: 'ApiKeyRevoked',
  data: { keyId: 'key' },
  metadata,
  streamId: 'org-demo',
  revision: 3n,
  position: { commit: 4_711n, prepare: 4_711n },
  created: new Date('2026-03-01T09:00:00.123Z'),
  isJson: true as const,
};

describe('an event as EventStoreDB gives it', () => {
  it('is ours with its place and the time the server recorded', () => {
    expect(recordedEvent(stored)).toEqual({
      id: stored.id,
      type: 'ApiKeyRevoked',
      data: { keyId: 'key' },
      metadata,
      stream: 'org-demo',
      revision: 3n,
      position: 4_711n,
      recordedAt: '2026-03-01T09:00:00.123Z',
    });
  });

  it('keeps the time it was first recorded when it was copied from another log', () => {
    const original = { recordedAt: '2024-12-31T23:59:59.999Z', position: '17' };
    const copied = recordedEvent({ ...stored, metadata: { ...metadata, $migrated: original } });
    expect(copied.recordedAt).toBe(original.recordedAt);
    expect(copied.metadata).toEqual(metadata);
  });

  it.each([
    ['of an unknown type', { ...stored, type: 'Unheard' }],
    ['without metadata', { ...stored, metadata: undefined }],
    ['of bytes', { ...stored, isJson: false as const, data: new Uint8Array([1]) }],
  ])('is unreadable %s', (_case, event) => {
    expect(() => recordedEvent(event as typeof stored)).toThrow(UnreadableEventError);
  });

  it('needs a server that tells positions', () => {
    const position = { commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n };
    expect(() => positionOf({ ...stored, position })).toThrow(/Upgrade it/);
  });

  it('is the server’s own when its stream is', () => {
    expect(isSystemEvent({ ...stored, streamId: '$persistentSubscriptionConfig' })).toBe(true);
    expect(isSystemEvent(stored)).toBe(false);
  });
});
