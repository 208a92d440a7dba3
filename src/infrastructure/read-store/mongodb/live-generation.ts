import { performance } from 'node:perf_hooks';
import { type ReadModel, ReadStoreError } from '../../../application/ports/read-store.js';
import type { DocumentCollection } from './document-collection.js';
import type { Generations } from './generations.js';

/** Reads of one read model, always from its live generation, which another process may switch at any time. */
export class LiveGeneration {
  #number: number | null = null;
  #knownSince = 0;

  /** @param trustMs how long a generation is taken for the live one without asking, in milliseconds */
  constructor(
    readonly model: ReadModel<never>,
    readonly generations: Generations,
    private readonly trustMs: number,
  ) {}

  /** The next read asks which generation is live. */
  forget(): void {
    this.#number = null;
  }

  /**
   * A switch drops the old generation before it resolves, and a collection that is not there reads as an empty one: so an answer that is
   * empty, or no answer, counts only from a generation that is still the live one.
   */
  async read<D extends object, T>(
    ask: (documents: DocumentCollection<D>) => Promise<T>,
    empty: (answer: T) => boolean,
  ): Promise<T> {
    for (;;) {
      const number = await this.#live();
      const asked = await outcomeOf(ask(this.generations.collection<D>(number)));
      if ('answer' in asked && !empty(asked.answer)) return asked.answer;
      if ('error' in asked && !(asked.error instanceof ReadStoreError)) throw asked.error;
      this.forget();
      if ((await this.#live()) !== number) continue;
      if ('error' in asked) throw asked.error;
      return asked.answer;
    }
  }

  async #live(): Promise<number> {
    const now = performance.now();
    if (this.#number === null || now - this.#knownSince > this.trustMs) {
      // As of before the question was asked.
      this.#knownSince = now;
      this.#number = (await this.generations.row('live')).number;
    }
    return this.#number;
  }
}

const outcomeOf = async <T>(answer: Promise<T>): Promise<{ answer: T } | { error: unknown }> =>
  answer.then(
    (given) => ({ answer: given }),
    (error: unknown) => ({ error }),
  );
