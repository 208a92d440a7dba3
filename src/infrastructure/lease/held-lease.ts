import { performance } from 'node:perf_hooks';
import type { Held } from '../../application/ports/lease.js';
import { ReadStoreError } from '../../application/ports/read-store.js';

interface Renewal {
  /** False when the turn is over. */
  renew(beat: number): Promise<boolean>;
  release(): Promise<void>;
}

/** Renews a turn three times within the time of silence, and gives it up before anybody else may take over. */
export class HeldLease implements Held {
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #beat = 0;
  #renewedAt = performance.now();
  #renewing: Promise<void> = Promise.resolve();
  #released = false;

  constructor(
    readonly token: bigint,
    private readonly silenceMs: number,
    private readonly renewal: Renewal,
  ) {
    this.#schedule();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    clearTimeout(this.#timer);
    // A renewal that is under way would overwrite the release.
    await this.#renewing;
    await this.renewal.release();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew();
    }, this.silenceMs / 3).unref();
  }

  async #renew(): Promise<void> {
    const began = performance.now();
    // Counted from when it was sent: others may have seen it as early as that.
    const end = setTimeout(() => this.#lose(), this.#renewedAt + this.silenceMs * 0.8 - began).unref();
    try {
      if (!(await this.renewal.renew(++this.#beat))) return this.#lose();
      this.#renewedAt = began;
    } catch (error) {
      if (!(error instanceof ReadStoreError)) throw error;
      if (performance.now() - this.#renewedAt >= this.silenceMs * 0.8) return this.#lose();
    } finally {
      clearTimeout(end);
    }
    if (!this.#released && !this.#lost.signal.aborted) this.#schedule();
  }

  #lose(): void {
    this.#lost.abort();
  }
}
