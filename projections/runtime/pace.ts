import { performance } from 'node:perf_hooks';

/** Others' work between two steps counts as busy too; below this many events a commit costs more than what is in it. */
const SMALLEST = 256;
const LARGEST = 5_000;

/** Finds how many events can be handled at once without holding the process up for longer than `budgetMs`. */
export class Pace {
  #size = SMALLEST;

  constructor(private readonly budgetMs: number) {}

  get size(): number {
    return this.#size;
  }

  /** Runs `work` on `count` events and learns from how long the event loop was busy; time spent waiting is free. */
  async measured(count: number, work: () => Promise<void>): Promise<void> {
    const before = performance.eventLoopUtilization();
    await work();
    const { active } = performance.eventLoopUtilization(before);
    this.learn(count, active);
  }

  /** At most doubled or halved at a time, so that one pause of the garbage collector decides little. */
  learn(count: number, busyMs: number): void {
    const fitting = (count * this.budgetMs) / Math.max(busyMs, 0.01);
    // A small batch that was quick says nothing about large ones.
    if (count < this.#size && fitting > this.#size) return;
    const next = Math.min(Math.max(fitting, this.#size / 2), this.#size * 2);
    this.#size = Math.round(Math.min(Math.max(next, SMALLEST), LARGEST));
  }
}
