import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Appended } from '../../../application/ports/event-store.js';
import { EventStoreError } from '../../../application/ports/event-store.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { EncodedAppend, LogWriter, Outcome } from './log-writer.js';
import { isBusy, toEventStoreError } from './sqlite-errors.js';

/** One transaction holds up the event loop while it runs: no more than this many events… */
const GROUP_EVENTS = 1_000;
/** …and, a first append aside, this many bytes. */
const GROUP_BYTES = 4 * 1024 * 1024;

/** How long to try while other processes write, in milliseconds. */
const BUSY_LIMIT_MS = 5_000;
const BUSY_PAUSE_MS = 10;

interface Waiting {
  readonly append: EncodedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit. What is asked for in one turn of the event loop, or while a commit runs, shares one transaction and one
 * flush: under load the disk's latency is divided among all who wait for it.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private draining: Promise<void> | undefined;
  private failed: EventStoreError | undefined;

  constructor(
    private readonly writer: LogWriter,
    private readonly clock: Clock,
    private readonly onCommit: () => void,
  ) {}

  /** Why the last write failed; undefined: it did not. */
  get failure(): EventStoreError | undefined {
    return this.failed;
  }

  push(append: EncodedAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.draining ??= this.drain();
    });
  }

  /** Resolves when everything asked for has its outcome. */
  async idle(): Promise<void> {
    await this.draining;
  }

  /** Tries whether the disk takes writes again. @throws EventStoreError */
  probe(): void {
    try {
      this.writer.probe();
      this.failed = undefined;
    } catch (error) {
      throw toEventStoreError(error);
    }
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      await setImmediate();
      const group = this.takeGroup();
      try {
        const outcomes = await this.commit(group.map(({ append }) => append));
        this.failed = undefined;
        group.forEach((waiting, i) => settle(waiting, outcomes[i]));
        this.onCommit();
      } catch (error) {
        const mapped = toEventStoreError(error);
        if (mapped instanceof EventStoreError && !isBusy(error)) this.failed = mapped;
        group.forEach(({ reject }) => reject(mapped));
      }
    }
    this.draining = undefined;
  }

  private async commit(appends: readonly EncodedAppend[]): Promise<Outcome[]> {
    const deadline = performance.now() + BUSY_LIMIT_MS;
    for (;;) {
      try {
        return this.writer.commit(appends, this.clock.now());
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        await setTimeout(BUSY_PAUSE_MS);
      }
    }
  }

  private takeGroup(): Waiting[] {
    let events = 0;
    let bytes = 0;
    const end = this.waiting.findIndex(({ append }, i) => {
      events += append.events.length;
      bytes += sizeOf(append);
      return i > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES);
    });
    const group = end < 0 ? this.waiting : this.waiting.slice(0, end);
    this.waiting = end < 0 ? [] : this.waiting.slice(end);
    return group;
  }
}

export const sizeOf = ({ events }: EncodedAppend): number =>
  events.reduce((bytes, event) => bytes + event.bytes, 0);

const settle = ({ resolve, reject }: Waiting, outcome: Outcome | undefined): void => {
  if (outcome && !(outcome instanceof EventStoreError)) resolve(outcome);
  else reject(outcome);
};
