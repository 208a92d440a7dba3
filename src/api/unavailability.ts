import { IdentityUnavailableError } from '../application/ports/authenticator.js';
import { EventStoreError } from '../application/ports/event-store.js';
import { NotFreshError } from '../application/ports/freshness.js';
import { ReadStoreError } from '../application/ports/read-store.js';
import { SheetStoreError } from '../application/ports/sheet-store.js';

/** What says itself what is not to be had at the moment. */
const FOR_NOW = [NotFreshError, IdentityUnavailableError, SheetStoreError];

/** What is not to be had at the moment, in words for the caller, whatever the protocol; null: that is not what went wrong. */
export const unavailabilityOf = (error: unknown): string | null => {
  if (error instanceof Error && FOR_NOW.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof EventStoreError && error.kind === 'UNAVAILABLE')
    return 'The event store cannot be reached. Try again in a moment.';
  if (error instanceof ReadStoreError && error.kind === 'UNAVAILABLE')
    return 'The read store cannot be reached. Try again in a moment.';
  return null;
};
