import { setImmediate } from 'node:timers/promises';
import type { AllStreamSubscription, Filter, Position } from '@eventstore/db-client';
import { presentEvents } from './recorded-event.js';

type Event = ReturnType<typeof presentEvents>[number];

const neverStarted = (): void => undefined;

/**
 * One subscription of the client as something to take from: what has come can be taken at once, what has not can be
 * waited for. What is not taken stays in a bounded buffer, and behind it the server waits.
 */
export class Feed {
  /** The server has said that it has sent everything there was. */
  caughtUp = false;
  private lookedThrough = 0n;
  private failure: Error | null = null;
  /** Something has come since the last take. */
  news = false;
  private wake: () => void = () => undefined;
  private readonly subscription: AllStreamSubscription;

  constructor(open: (checkpointReached: NonNullable<Filter['checkpointReached']>) => AllStreamSubscription) {
    this.subscription = open((_, position: Position) => {
      this.lookedThrough = position.commit;
      this.tell();
    });
    this.subscription.on('readable', () => this.tell());
    this.subscription.on('caughtUp', () => {
      this.caughtUp = true;
      this.tell();
    });
    this.subscription.on('error', (error) => this.fail(error));
    this.subscription.on('end', () => this.fail(new Error('the server ended the subscription')));
  }

  /**
   * What has come, `limit` events at most, without waiting.
   *
   * @throws the error that ended the subscription, once everything before it was taken
   */
  take(limit: number): Event[] {
    this.news = false;
    const taken: Event[] = [];
    while (taken.length < limit) {
      const resolved: unknown = this.subscription.read();
      if (resolved === null) break;
      taken.push(...presentEvents([resolved as Parameters<typeof presentEvents>[0][number]]));
    }
    if (taken.length === 0 && this.failure) throw this.failure;
    return taken;
  }

  /** Nothing more has come. */
  get drained(): boolean {
    return this.subscription.readableLength === 0;
  }

  /**
   * How far the server says it has looked, filtered-out events included. Speaks of what has arrived, so it counts only
   * once that is taken.
   */
  get checkpoint(): bigint {
    return this.drained ? this.lookedThrough : 0n;
  }

  /** Waits for something to happen. False: nothing has, for so many milliseconds. */
  async more(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    const happened = this.news || this.failure !== null || (await this.awake(milliseconds, signal));
    // What arrived together is decoded one by one: taken a turn later, it is taken together.
    if (happened) await setImmediate();
    return happened;
  }

  private awake(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(true);
      const done = (happened: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        this.wake = () => undefined;
        resolve(happened);
      };
      const aborted = (): void => done(true);
      const timer = setTimeout(() => done(false), milliseconds);
      signal.addEventListener('abort', aborted);
      this.wake = () => done(true);
    });
  }

  close(): void {
    this.subscription.unsubscribe().catch(neverStarted);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.tell();
  }

  private tell(): void {
    this.news = true;
    this.wake();
  }
}
