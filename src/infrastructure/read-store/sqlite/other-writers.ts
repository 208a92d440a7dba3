import { ReadStoreError } from '../../../application/ports/read-store.js';
import type { Connection } from './connection.js';

/** Notices commits that other connections make to the same file, by polling a counter in memory (3 µs). */
export class OtherWriters {
  #timer: NodeJS.Timeout | undefined;
  #version = 0;

  constructor(
    private readonly connection: Connection,
    private readonly pollMs: number,
    private readonly committed: () => void,
  ) {}

  watch(): void {
    if (this.#timer) return;
    this.#version = this.#current();
    this.#timer = setInterval(() => this.look(), this.pollMs).unref();
  }

  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Looks now; nothing while at rest. */
  look(): void {
    if (!this.#timer) return;
    try {
      const current = this.#current();
      if (current === this.#version) return;
      this.committed();
      this.#version = current;
    } catch (error) {
      // A store that is away for a moment is looked at again: what was not told yet is told then.
      if (!(error instanceof ReadStoreError)) throw error;
    }
  }

  #current(): number {
    return this.connection.row<[number]>('PRAGMA data_version')?.[0] ?? 0;
  }
}
