/** An event that a projection cannot fold, or that cannot be read at all. Its read model stops in front of it. */
export class PoisonEventError extends Error {
  constructor(
    readonly model: string,
    readonly position: bigint,
    cause: unknown,
  ) {
    super(
      `Read model ${model} cannot handle the event at position ${position}: ${messageOf(cause)} ` +
        'Mend the projection and rebuild, or skip the event.',
      { cause },
    );
    this.name = 'PoisonEventError';
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
