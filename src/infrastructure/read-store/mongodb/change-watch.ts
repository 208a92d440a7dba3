import { ReadStoreError } from '../../../application/ports/read-store.js';

/** Looks again and again, never twice at once, until put to rest. */
export class ChangeWatch {
  #timer: NodeJS.Timeout | undefined;
  #watching = false;

  constructor(
    private readonly pollMs: number,
    private readonly look: () => Promise<void>,
  ) {}

  watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.#schedule();
  }

  rest(): void {
    this.#watching = false;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.#turn(), this.pollMs).unref();
  }

  async #turn(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      // A store that is away for a moment is looked at again: what was not told yet is told then.
      if (!(error instanceof ReadStoreError)) throw error;
    } finally {
      if (this.#watching) this.#schedule();
    }
  }
}
