import type { RecordedEvent } from '../../src/domain/events.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import type { ReadModel, ReadStore } from '../../src/application/ports/read-store.js';
import type { ReplayedState } from '../../src/application/ports/state-replay.js';
import { foldingInto } from './folding.js';
import type { Projection } from './projection.js';

/** Longest time to hold the process up, in milliseconds. */
const BUDGET_MS = 15;

export interface OrganizationReplayOptions {
  readonly orgId: string;
  readonly events: EventStore;
  /** Empty, prepared for the read models of the projections, and nobody else's. */
  readonly store: ReadStore;
  readonly projections: readonly Projection<object>[];
  /** Lets go of the store. */
  readonly dispose: () => Promise<void>;
}

/** Folds the events of one organization with the very projections that serve everybody. */
export class OrganizationReplay implements ReplayedState {
  readonly #fold: ReturnType<typeof foldingInto>;
  /** Positions of the organization's events, in order: eight bytes each, however long the history. */
  #positions = new BigUint64Array(1_024);
  #events = 0;
  #through = 0n;
  #recordedAt: Instant | null = null;

  constructor(private readonly options: OrganizationReplayOptions) {
    this.#fold = foldingInto(options.store, options.projections, BUDGET_MS);
  }

  get reads(): ReadStore {
    return this.options.store;
  }

  get models(): readonly ReadModel<object>[] {
    return this.options.projections.map(({ model }) => model);
  }

  get events(): number {
    return this.#events;
  }

  get position(): bigint {
    return this.#events === 0 ? 0n : this.#positions[this.#events - 1]!;
  }

  get through(): bigint {
    return this.#through;
  }

  get recordedAt(): Instant | null {
    return this.#recordedAt;
  }

  ordinalOf(position: bigint): number | undefined {
    let low = 0;
    for (let high = this.#events; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.#positions[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low < this.#events && this.#positions[low] === position ? low + 1 : undefined;
  }

  async upTo(position: bigint, until?: Instant): Promise<void> {
    if (position <= this.#through) return;
    await this.#fold(this.#own(position, until));
    this.#through = position;
  }

  close(): Promise<void> {
    return this.options.dispose();
  }

  async *#own(position: bigint, until?: Instant): AsyncGenerator<RecordedEvent> {
    const { orgId, events } = this.options;
    for await (const event of events.readAll({ after: this.#through, upTo: position })) {
      if (event.metadata.orgId !== orgId || (until !== undefined && event.recordedAt > until)) continue;
      this.#count(event);
      yield event;
    }
  }

  #count({ position, recordedAt }: RecordedEvent): void {
    if (this.#events === this.#positions.length) {
      const larger = new BigUint64Array(2 * this.#positions.length);
      larger.set(this.#positions);
      this.#positions = larger;
    }
    this.#positions[this.#events++] = position;
    this.#recordedAt = recordedAt;
  }
}
