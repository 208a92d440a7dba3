interface Waiter {
  readonly position: bigint;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Those who wait until something has come as far as a position of the log. */
export class PositionWaiters {
  readonly #waiting = new Set<Waiter>();

  /** @param signal ends the waiting; the promise then stays open and is forgotten */
  wait(position: bigint, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { position, resolve, reject };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', () => this.#waiting.delete(waiter), { once: true });
    });
  }

  reached(position: bigint): void {
    for (const waiter of this.#waiting)
      if (waiter.position <= position) {
        this.#waiting.delete(waiter);
        waiter.resolve();
      }
  }

  /** It will not come any further. */
  fail(error: Error): void {
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}
