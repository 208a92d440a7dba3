import { jsonEvent } from '@eventstore/db-client';
import { EventStoreError, type Appended } from '../../../application/ports/event-store.js';
import type { Availability } from './availability.js';
import type { EncodedAppend } from './batch-append.messages.js';
import { BatchAppender } from './batch-appender.js';
import type { Connection } from './connection.js';
import { isUnavailable, toEventStoreError } from './eventstoredb-errors.js';
import { within } from './patience.js';

export interface Limits {
  /** Longest wait for one answer, milliseconds. */
  readonly deadlineMs: number;
  /** How long calls are repeated while the log cannot be reached, milliseconds; counted from when it went away. */
  readonly patienceMs: number;
}

const closed = (): EventStoreError => new EventStoreError('UNAVAILABLE', 'The event log is closed.');
const givenUp = (): EventStoreError =>
  new EventStoreError('UNAVAILABLE', 'The connection to EventStoreDB was given up.');

/** Its error has gone to those who waited for it. */
const neverOpened = (): void => undefined;

/** Appends until the outcome is known: the same events again under the same ids are stored once. */
export class Appender {
  /** null: the server takes one append at a time. */
  private opening: Promise<BatchAppender | null> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly limits: Limits,
    private readonly availability: Availability,
    private readonly closing: AbortSignal,
  ) {}

  /** @throws EventStoreError as the port says; UNAVAILABLE means that the outcome is unknown */
  async append(append: EncodedAppend): Promise<Appended> {
    try {
      return await this.availability.patiently(() => this.attempt(append));
    } catch (error) {
      throw isUnavailable(error) ? unknownOutcome(append.stream, error) : error;
    }
  }

  private async attempt(append: EncodedAppend): Promise<Appended> {
    if (this.closing.aborted) throw closed();
    const { deadlineMs } = this.limits;
    const opening = (this.opening ??= this.open());
    let batches: BatchAppender | null | undefined;
    try {
      batches = await within(deadlineMs, opening);
      if (batches) return await batches.append(append, deadlineMs);
      return await within(deadlineMs, this.appendAlone(append));
    } catch (error) {
      const broken = batches
        ? batches.ended
        : batches === undefined || isUnavailable(toEventStoreError(error));
      // Of many appends that fail together, the first sees to a new connection.
      if (broken && this.opening === opening) this.reset();
      throw error;
    }
  }

  private async open(): Promise<BatchAppender | null> {
    await this.connection.checkVersion();
    if (!(await this.connection.supportsBatchAppend())) return null;
    return new BatchAppender(await this.connection.openBatchAppend());
  }

  private reset(): void {
    this.opening?.then((batches) => batches?.cancel(givenUp())).catch(neverOpened);
    this.opening = null;
    this.connection.renew();
  }

  private async appendAlone({ stream, expected, events }: EncodedAppend): Promise<Appended> {
    const revision = expected === 'ANY' ? 'any' : expected === 'NO_STREAM' ? 'no_stream' : expected;
    const appended = await this.connection.client.appendToStream(
      stream,
      events.map(({ id, type, data, metadata }) =>
        jsonEvent({ id, type, data: JSON.parse(data), metadata: JSON.parse(metadata) }),
      ),
      { expectedRevision: revision, deadline: this.limits.deadlineMs },
    );
    return { revision: appended.nextExpectedRevision, position: appended.position?.commit ?? 0n };
  }

  close(): void {
    this.reset();
  }
}

const unknownOutcome = (stream: string, cause: EventStoreError): EventStoreError =>
  new EventStoreError(
    'UNAVAILABLE',
    `${cause.message} Whether the append to ${stream} was stored is unknown; repeating it with the same event ids is safe.`,
    { cause },
  );
