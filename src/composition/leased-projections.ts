import { pause } from '../../projections/runtime/backoff.js';
import type { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import type { Lease } from '../application/ports/lease.js';

/** How long a process waits before it asks again for a read model that another one projects, in milliseconds. */
const ASK_AGAIN_MS = 1_000;

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

  private async keep(name: string): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const held = await this.lease.acquire(name);
        if (held) {
          this.runtime.follow(name);
          await aborted(AbortSignal.any([held.lost, signal]));
          await this.runtime.rest(name);
          await held.release();
          continue;
        }
      } catch (error) {
        this.onError(error);
      }
      await pause(ASK_AGAIN_MS, signal);
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
