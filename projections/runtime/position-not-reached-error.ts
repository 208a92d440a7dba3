/** A read model did not reach the position that a caller asked to see. */
export class PositionNotReachedError extends Error {
  constructor(
    readonly model: string,
    readonly position: bigint,
    readonly reason: 'TIMEOUT' | 'STOPPED' | 'ABORTED',
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`Read model ${model} has not reached position ${position}: ${detail}`, options);
    this.name = 'PositionNotReachedError';
  }
}
