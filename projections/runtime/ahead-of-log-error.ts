/** A read model reflects events that the log does not hold: the log is not the one that it was built from. */
export class AheadOfLogError extends Error {
  constructor(
    readonly model: string,
    readonly checkpoint: bigint,
    readonly end: bigint,
  ) {
    super(
      `Read model ${model} reflects the log up to position ${checkpoint}, but the log ends at ${end}: it was restored ` +
        'from a backup, or is another one. Nothing is served from it. Run `sla projections rebuild`, then start again.',
    );
    this.name = 'AheadOfLogError';
  }
}
