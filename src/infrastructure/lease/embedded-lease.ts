import { type Held, Lease } from '../../application/ports/lease.js';

/** Always granted: processes that share embedded stores are few, and the checkpoint fences them. */
export class EmbeddedLease extends Lease {
  #token = 0n;

  async acquire(): Promise<Held> {
    this.#token += 1n;
    return { token: this.#token, lost: new AbortController().signal, release: async () => undefined };
  }

  async close(): Promise<void> {
    // Nothing is held anywhere.
  }
}
