import { setTimeout } from 'node:timers/promises';
import type { RecordedEvent } from '../../domain/events.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { epochOf, type Instant } from '../../domain/shared/instant.js';
import { retried } from '../import/retried.js';
import type { Clock } from '../ports/clock.js';
import type { SlaException } from '../queries/views.js';
import { positionText } from '../read-models/document-key.js';
import { Broadcast } from './broadcast.js';
import type { ExceptionTurns } from './exception-turns.js';

export interface WatchParts {
  readonly turns: ExceptionTurns;
  readonly clock: Clock;
  /** Told of every failure that is waited out. */
  readonly onError: (error: unknown) => void;
}

/** Customers that wait to be looked at; more than that at once is an import that nobody follows row by row. */
const MOST_WAITING = 10_000;
/** A machine's clock may be set; so long may an instant pass before it is noticed, in milliseconds. */
const LONGEST_WAIT_MS = 1_000;

/** Follows the exceptions of one organization while somebody listens; remembers only whom it still has to look at. */
export class ExceptionWatch {
  readonly broadcast = new Broadcast<SlaException>();
  private readonly stopping = new AbortController();
  private readonly running: Promise<unknown>;
  /** Of what is waiting: the position in front of the first event about it. */
  private readonly customers = new Map<string, string>();
  private readonly acknowledged = new Set<string>();
  private tiers: string | null = null;
  private upTo: string;
  /** What time has done up to here has been told. */
  private at: Instant;
  private wake: (() => void) | null = null;

  constructor(
    private readonly orgId: string,
    /** Only what comes after it is told. */
    private readonly start: bigint,
    private readonly parts: WatchParts,
  ) {
    this.upTo = positionText(start);
    this.at = parts.clock.now();
    const { onError } = parts;
    const { signal } = this.stopping;
    this.running = retried((gotOn) => this.run(gotOn), { isPassing: () => true, onError, signal });
  }

  /** Something of the organization is in the read models. */
  announce(events: readonly RecordedEvent[]): void {
    for (const event of events) if (event.position > this.start) this.note(event);
    if (this.customers.size > MOST_WAITING) {
      this.customers.clear();
      this.broadcast.fail(
        new DomainError(
          'CONFLICT',
          'Too much has changed at once. Read the list again, then follow it anew.',
        ),
      );
    }
    this.wake?.();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    this.wake?.();
    await this.running;
  }

  private note(event: RecordedEvent): void {
    this.upTo = positionText(event.position);
    const before = positionText(event.position - 1n);
    if (event.type === 'ExceptionAcknowledged') this.acknowledged.add(event.data.exceptionId);
    if (event.type !== 'ChangeApproved' && event.type !== 'ImportRowApplied') return;
    const { content, subject } = event.data.version;
    if (subject.kind === 'TIER') this.tiers ??= before;
    const customerId = 'customerId' in content ? content.customerId : subject.id;
    const key = identifierKey(customerId);
    if ((subject.kind === 'CUSTOMER' || subject.kind === 'CONTRACT') && !this.customers.has(key))
      this.customers.set(key, before);
  }

  /**
   * First what was learned, at the instant up to which time has been told, then what time has done since: in this order
   * nothing is told twice, or as if both had happened at once.
   */
  private async run(gotOn: () => void): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { upTo } = this;
      await this.tellOfWrites(upTo);
      await this.tellOfTime(upTo);
      await this.tellOfAcknowledgements();
      gotOn();
      await this.untilSomething();
    }
  }

  private async tellOfWrites(upTo: string): Promise<void> {
    const { turns } = this.parts;
    const { orgId, at, tiers } = this;
    // First what the customers' own facts do under the tiers as they were, then what the tiers do.
    const situation = await turns.situationAt(orgId, at, tiers ?? upTo);
    for (const [key, after] of [...this.customers]) {
      const told = await turns.ofCustomer(key, { after, upTo }, situation);
      // What came meanwhile lies behind `upTo`, and waits for its own turn.
      this.settle(key, upTo);
      for (const exception of told) this.broadcast.publish(exception);
    }
    if (tiers !== null) {
      this.tiers = this.upTo > upTo ? upTo : null;
      for await (const exception of turns.ofTiers(orgId, { after: tiers, upTo }, at))
        this.broadcast.publish(exception);
    }
  }

  private async tellOfAcknowledgements(): Promise<void> {
    for (const id of [...this.acknowledged]) {
      this.acknowledged.delete(id);
      const exception = await this.parts.turns.acknowledged(this.orgId, id, this.at);
      if (exception) this.broadcast.publish(exception);
    }
  }

  private settle(key: string, upTo: string): void {
    if (this.upTo > upTo) this.customers.set(key, upTo);
    else this.customers.delete(key);
  }

  private async tellOfTime(upTo: string): Promise<void> {
    const { turns, clock } = this.parts;
    const now = clock.now();
    if (now <= this.at) return;
    const next = await turns.next(this.orgId, this.at);
    if (next !== null && next <= now)
      for await (const exception of turns.ofTime(this.orgId, upTo, { after: this.at, upTo: now }))
        this.broadcast.publish(exception);
    this.at = now;
  }

  private async untilSomething(): Promise<void> {
    const { turns, clock } = this.parts;
    const next = await turns.next(this.orgId, this.at);
    if (this.customers.size > 0 || this.tiers !== null || this.acknowledged.size > 0) return;
    const awake = new AbortController();
    const signal = AbortSignal.any([awake.signal, this.stopping.signal]);
    this.wake = () => awake.abort();
    while (!signal.aborted) {
      const left = next === null ? LONGEST_WAIT_MS : epochOf(next) - epochOf(clock.now());
      if (left <= 0) break;
      await setTimeout(Math.min(left, LONGEST_WAIT_MS), undefined, { signal }).catch(cutShort);
    }
    this.wake = null;
  }
}

/** Whatever ends the wait; the loop sees it. */
const cutShort = (): void => undefined;
