import type { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import { whileHeld } from '../application/operations/while-held.js';
import type { Lease } from '../application/ports/lease.js';

/**
 * Projects the read models that this process holds the lease of, and takes over those whose holder has gone. The lease
 * saves work; that no two processes spoil a read model is up to the fence of its checkpoint.
 */
export class LeasedProjections {
  private readonly stopping = new AbortController();
  private running: readonly Promise<void>[] = [];

  constructor(
    private readonly runtime: ProjectionRuntime,
    private readonly lease: Lease,
    private readonly names: readonly string[],
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.running = this.names.map((name) => this.keep(name));
  }

  /** Resolves when every batch at hand is committed and every lease is free. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.runtime.stop();
    await Promise.all(this.running);
    await this.lease.close();
  }

  private keep(name: string): Promise<void> {
    const { runtime, lease, onError } = this;
    // Workers have leases too, and may be called what a read model is called.
    const turn = { lease, name: `read model ${name}`, signal: this.stopping.signal, onError };
    return whileHeld(turn, async (ending) => {
      runtime.follow(name);
      await aborted(ending);
      await runtime.rest(name);
    });
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
