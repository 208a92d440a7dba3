import { describe, expect, it } from '@jest/globals';
import { UnreadableEventError } from '../../application/ports/unreadable-event-error.js';
import { decodeEvent, encodeEvent, InvalidEventError, parseEvent } from './serialization.js';

const metadata = {
  orgId: 'demo',
  actor: 'ada@demo.example',
  roles: ['admin'],
  commandId: 'command',
  $correlationId: 'correlation',
  $causationId: null,
  schemaVersion: 1,
};
const terms = { commitments: [], channels: [], features: [] };
const proposed = {
  changeId: 'change',
  kind: 'TIER_TERMS',
  subject: { kind: 'TIER', id: 'gold' },
  revision: 1,
  content: { key: 'gold', name: 'Gold', rank: 1, terms },
  baseVersion: 0,
} as const;
const proposal = { id: 'id', type: 'ChangeProposed', data: proposed, metadata } as const;

const place = {
  id: 'id',
  type: 'ChangeProposed',
  stream: 'tier-demo.gold',
  revision: 4n,
  position: 7n,
  recordedAt: '2026-03-01T09:00:00.000Z',
};

describe('writing an event', () => {
  it('stamps the version of its shape, whatever the caller says', () => {
    const { metadata: text } = encodeEvent({ ...proposal, metadata: { ...metadata, schemaVersion: 99 } });
    expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1 });
  });

  it('notes where a copied event comes from', () => {
    const migrated = { recordedAt: '2026-03-01T09:00:00.000Z', position: 2n ** 60n };
    const { metadata: text } = encodeEvent({ ...proposal, migrated });
    expect(JSON.parse(text)).toEqual({
      ...metadata,
      $migrated: { recordedAt: '2026-03-01T09:00:00.000Z', position: '1152921504606846976' },
    });
  });

  it('counts its bytes, not its characters', () => {
    const commented = { changeId: 'c', revision: 1, text: 'ü' };
    const event = { id: 'id', type: 'ChangeCommented' as const, data: commented, metadata };
    const { bytes, data, metadata: text } = encodeEvent(event);
    expect(bytes).toBe(data.length + 1 + text.length + 2 * 'ChangeCommented'.length);
  });

  it.each<[field: string, data: object]>([
    ['data.changeId', { ...proposed, changeId: undefined }],
    ['data.effectiveFrom', { ...proposed, effectiveFrom: '2026-03-01' }],
    ['data.content.rank', { ...proposed, content: { ...proposed.content, rank: 'high' } }],
    [
      'data.content.terms.features.0',
      { ...proposed, content: { ...proposed.content, terms: { ...terms, features: [1] } } },
    ],
    ['data.content: Unrecognized key: "colour"', { ...proposed, content: { key: 'gold', colour: 'red' } }],
    ['data: Unrecognized key: "extra"', { ...proposed, extra: 1 }],
  ])('names the field at fault: %s', (field, data) => {
    const write = () => encodeEvent({ ...proposal, data: data as never });
    expect(write).toThrow(InvalidEventError);
    expect(write).toThrow(field);
  });

  it('names what is wrong with its metadata, and a type that nobody declared', () => {
    expect(() => encodeEvent({ ...proposal, metadata: { ...metadata, actor: undefined as never } })).toThrow(
      'metadata.actor',
    );
    expect(() => encodeEvent({ ...proposal, type: 'ChangeForgotten' as never })).toThrow('ChangeForgotten');
  });
});

describe('reading an event', () => {
  const read = (over: object = {}) => decodeEvent({ ...place, data: proposed, metadata, ...over });

  it('gives it as it was written', () => {
    expect(read()).toEqual({ ...place, data: proposed, metadata });
  });

  it.each<[why: string, over: object, reason: string]>([
    ['its type is unknown', { type: 'ChangeForgotten' }, 'type is not known'],
    ['it is of a newer shape', { metadata: { ...metadata, schemaVersion: 2 } }, 'written in version 2'],
    ['it names no version', { metadata: { actor: 'a' } }, 'no schemaVersion'],
    ['its version is nonsense', { metadata: { ...metadata, schemaVersion: 0.5 } }, 'no schemaVersion'],
    ['it has no metadata', { metadata: null }, 'no schemaVersion'],
    ['its data is not an object', { data: [] }, 'not an object'],
    ['a field is missing', { data: { ...proposed, content: undefined } }, 'data.content'],
  ])('says what and where it is when %s', (_why, over, reason) => {
    expect(() => read(over)).toThrow(UnreadableEventError);
    expect(() => read(over)).toThrow(reason);
    expect(() => read(over)).toThrow(expect.objectContaining({ stream: place.stream, position: 7n }));
  });

  it('reads the same from text, and says when that is not JSON', () => {
    const text = JSON.stringify(metadata);
    expect(parseEvent(place, JSON.stringify(proposed), text)).toEqual(read());
    expect(() => parseEvent(place, '{"changeId":', text)).toThrow(UnreadableEventError);
    expect(() => parseEvent(place, '{}', 'null')).toThrow(UnreadableEventError);
  });
});
