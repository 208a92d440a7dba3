import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { EventStoreError } from '../../../application/ports/event-store.js';
import { UnreadableEventError } from '../../../application/ports/unreadable-event-error.js';
import { InvalidEventError } from '../serialization.js';

/** Waiting and trying again cannot help: server or settings have to be changed. */
class LastingError extends EventStoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('UNAVAILABLE', message, options);
  }

  override get passes(): boolean {
    return false;
  }
}

export class UnusableUrlError extends LastingError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    // The client quotes what it stumbles over, which may be a password.
    super(`EVENTSTORE_URL cannot be used: ${reason.replace(/"[^"]*"/g, '…')}`, { cause });
  }
}

export class UnsupportedServerError extends LastingError {
  constructor(version: string, oldest: string) {
    super(
      `EventStoreDB ${version} is too old: ${oldest} or newer is needed. Upgrade the server or name another in EVENTSTORE_URL.`,
    );
  }
}

/** gRPC's PERMISSION_DENIED and UNAUTHENTICATED, where the server gave nothing but a status. */
const DENIED_CODES: readonly unknown[] = [7, 16];

const isDenied = (error: unknown): boolean =>
  error instanceof AccessDeniedError ||
  (error instanceof Error && 'code' in error && DENIED_CODES.includes(error.code));

/**
 * Whatever the client throws in the words of the port. What nobody names here is the connection's fault and so
 * UNAVAILABLE; events that cannot be written or read keep their own errors.
 */
export const toEventStoreError = (error: unknown): Error => {
  if (
    error instanceof EventStoreError ||
    error instanceof UnreadableEventError ||
    error instanceof InvalidEventError
  )
    return error;
  if (error instanceof WrongExpectedVersionError)
    return conflict(
      error.streamName,
      `it is at ${error.actualVersion}, not at ${error.expectedVersion}`,
      error,
    );
  if (isDenied(error))
    return new EventStoreError(
      'DENIED',
      'EventStoreDB refuses: the account in EVENTSTORE_URL may not do this. Check its name, password and rights.',
      {
        cause: error,
      },
    );
  if (error instanceof MaxAppendSizeExceededError)
    return new EventStoreError(
      'TOO_LARGE',
      `EventStoreDB takes ${error.maxAppendSize} bytes in one append.`,
      {
        cause: error,
      },
    );
  if (error instanceof StreamDeletedError)
    return new EventStoreError('DENIED', `Stream ${error.streamName} was deleted for good.`, {
      cause: error,
    });
  const said = error instanceof Error ? error.message : String(error);
  // gRPC leaves room for advice that it seldom has.
  const reason = said.replace(/\s*Resolution note:\s*$/, '').trimEnd();
  return new EventStoreError('UNAVAILABLE', `EventStoreDB cannot be reached: ${reason}`, { cause: error });
};

export const conflict = (stream: string, reason: string, cause?: unknown): EventStoreError =>
  new EventStoreError('CONFLICT', `Stream ${stream} has moved: ${reason}.`, { cause });

export const isUnavailable = (error: unknown): error is EventStoreError =>
  error instanceof EventStoreError && error.passes;
