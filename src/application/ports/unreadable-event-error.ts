/**
 * An event that this build cannot understand: of an unknown type, of a newer shape, or damaged. Thrown by reads and
 * subscriptions when they come to it and not before, after everything in front of it has been given out. Who does not
 * ask for its type never meets it; who does stops there, and goes on from `position` once it may be skipped.
 */
export class UnreadableEventError extends Error {
  constructor(
    readonly type: string,
    readonly stream: string,
    readonly position: bigint,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`Event ${type} at position ${position} of stream ${stream} cannot be read: ${reason}`, options);
    this.name = 'UnreadableEventError';
  }
}
