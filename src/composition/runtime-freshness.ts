import { PositionNotReachedError } from '../../projections/runtime/position-not-reached-error.js';
import type { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import { Freshness, NotFreshError } from '../application/ports/freshness.js';
import type { ReadModel, ReadStore } from '../application/ports/read-store.js';

/** Freshness as the projection runtime knows it. */
export class RuntimeFreshness extends Freshness {
  private readonly names: readonly string[];

  constructor(
    private readonly runtime: ProjectionRuntime,
    private readonly store: ReadStore,
    private readonly models: readonly ReadModel<never>[],
  ) {
    super();
    this.names = models.map(({ name }) => name);
  }

  override async atLeast(position: bigint, models = this.names): Promise<void> {
    try {
      await this.runtime.atLeast(models, position);
    } catch (error) {
      if (error instanceof PositionNotReachedError) throw new NotFreshError(error.message);
      throw error;
    }
  }

  override async position(): Promise<bigint> {
    const checkpoints = await Promise.all(this.models.map((model) => this.store.checkpoint(model)));
    return checkpoints.reduce<bigint>((least, checkpoint) => {
      const position = checkpoint ?? 0n;
      return least < 0n || position < least ? position : least;
    }, -1n);
  }
}
