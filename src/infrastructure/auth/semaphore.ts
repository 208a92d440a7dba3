/** Too many wait already; nothing was begun. */
export class BusyError extends Error {
  constructor() {
    super('Too many requests of this kind wait already. Try again in a moment.');
    this.name = 'BusyError';
  }
}

/** Lets so many run at once, in the order they came, and so many wait. */
export class Semaphore {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  /** Rejects with BusyError when too many wait, else as `task` does. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.maxWaiting) throw new BusyError();
      // Whoever ends hands the place over, so nobody who comes later can take it.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
