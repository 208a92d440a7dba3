import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import { EVENT_TYPES, isEventType } from './event-schemas.js';
import { decodeEvent, encodeEvent } from './serialization.js';
import { currentVersion } from './upcasters.js';

const FOLDER = join(import.meta.dirname, '../../../test/golden/events');

interface Golden {
  readonly data: object;
  readonly metadata: EventMetadata;
}

const golden = (type: string, version: number): Golden[] =>
  JSON.parse(readFileSync(join(FOLDER, `${type}.v${version}.json`), 'utf8')) as Golden[];

const shapes = EVENT_TYPES.flatMap((type) =>
  Array.from({ length: currentVersion(type) }, (_, i) => ({ type, version: i + 1 })),
);

const stored = (type: string, { data, metadata }: Golden) => ({
  id: 'c6b1f7a2-4f0e-4e3a-9d5c-1a2b3c4d5e6f',
  type,
  stream: 'golden',
  revision: 0n,
  position: 1n,
  recordedAt: '2026-03-01T09:00:00.000Z',
  data,
  metadata,
});

describe('every shape ever stored', () => {
  it.each(shapes)('$type of version $version is kept and still read', ({ type, version }) => {
    const examples = golden(type, version);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example.metadata.schemaVersion).toBe(version);
      const event = decodeEvent(stored(type, example));
      expect(event.metadata.schemaVersion).toBe(currentVersion(type));
      if (version === currentVersion(type)) expect(event.data).toEqual(example.data);
    }
  });

  it.each(EVENT_TYPES)('%s is written as its newest golden file says', (type) => {
    for (const { data, metadata } of golden(type, currentVersion(type))) {
      const encoded = encodeEvent({ id: 'id', type, data: data as never, metadata });
      expect(JSON.parse(encoded.data)).toEqual(data);
      expect(JSON.parse(encoded.metadata)).toEqual(metadata);
    }
  });

  it('belongs to a type that is still known', () => {
    const types = readdirSync(FOLDER).map((file) => file.replace(/\.v\d+\.json$/, ''));
    expect(types.filter((type) => !isEventType(type))).toEqual([]);
  });
});
