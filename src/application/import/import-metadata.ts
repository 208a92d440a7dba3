import type { RecordedEvent } from '../../domain/events.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';

/** What follows from an event by itself: on behalf of whoever caused it, and naming it as the cause. */
export const causedBy = (event: RecordedEvent): EventMetadata => ({
  ...event.metadata,
  $causationId: event.id,
  via: 'worker',
});
