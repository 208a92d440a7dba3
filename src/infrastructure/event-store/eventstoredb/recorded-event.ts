import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import { EventStoreError } from '../../../application/ports/event-store.js';
import type { RecordedEvent } from '../../../domain/events.js';
import { instantOf, type Instant } from '../../../domain/shared/instant.js';
import { MIGRATED } from '../event-schemas.js';
import { decodeEvent } from '../serialization.js';

type ClientEvent = NonNullable<AllStreamResolvedEvent['event']>;

/** What servers before 22.6 say when they read a stream without knowing the position of its events. */
const NO_POSITION = 2n ** 64n - 1n;

/** The server's own: statistics, users, projections, metadata of streams. Never ours. */
export const isSystemEvent = (event: ClientEvent): boolean => event.streamId.startsWith('$');

/** @throws EventStoreError UNAVAILABLE when the server is too old to say */
export const positionOf = (event: ClientEvent): bigint => {
  const position = event.position?.commit;
  if (position !== undefined && position !== NO_POSITION) return position;
  throw new EventStoreError(
    'UNAVAILABLE',
    'EventStoreDB does not tell the positions of events. Upgrade it to 22.6 or newer.',
  );
};

/** @throws UnreadableEventError */
export const recordedEvent = (event: ClientEvent): RecordedEvent => {
  const { [MIGRATED]: migrated, ...metadata } = metadataOf(event);
  return decodeEvent({
    id: event.id,
    type: event.type,
    data: event.data,
    metadata,
    stream: event.streamId,
    revision: event.revision,
    position: positionOf(event),
    recordedAt: isMigrated(migrated) ? migrated.recordedAt : instantOf(event.created.getTime()),
  });
};

/** Links whose event is gone carry none; we write no links. */
export const presentEvents = (events: readonly (AllStreamResolvedEvent | ResolvedEvent)[]): ClientEvent[] =>
  events.flatMap(({ event }) => (event ? [event as ClientEvent] : []));

const metadataOf = ({ metadata }: ClientEvent): Record<string, unknown> =>
  typeof metadata === 'object' && metadata !== null && !(metadata instanceof Uint8Array)
    ? (metadata as Record<string, unknown>)
    : {};

const isMigrated = (value: unknown): value is { readonly recordedAt: Instant } =>
  typeof value === 'object' &&
  value !== null &&
  'recordedAt' in value &&
  typeof value.recordedAt === 'string';
