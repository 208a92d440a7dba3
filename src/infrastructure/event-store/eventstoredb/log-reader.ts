import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type ReadRevision,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import type { Connection } from './connection.js';
import type { Limits } from './appender.js';
import type { Availability } from './availability.js';
import { noAnswer, within } from './patience.js';
import { presentEvents } from './recorded-event.js';

type Event = ReturnType<typeof presentEvents>[number];
type Direction = typeof FORWARDS | typeof BACKWARDS;
type Read = StreamingRead<AllStreamResolvedEvent> | StreamingRead<ResolvedEvent>;

/** Reads a page at a time, so that each is bounded in time and in memory and can be repeated. */
export class LogReader {
  constructor(
    private readonly connection: Connection,
    private readonly limits: Limits,
    private readonly availability: Availability,
  ) {}

  /** At most `maxCount` events of a stream; none where there is no such stream. */
  streamPage(
    stream: string,
    fromRevision: ReadRevision,
    maxCount: number,
    direction: Direction = FORWARDS,
  ): Promise<Event[]> {
    return this.page((client) => client.readStream(stream, { fromRevision, maxCount, direction }));
  }

  /** At most `maxCount` events of the whole log, system events included, starting at `from` itself. */
  forwards(from: bigint, maxCount: number): Promise<Event[]> {
    const fromPosition = from === 0n ? START : { commit: from, prepare: from };
    return this.page((client) => client.readAll({ fromPosition, maxCount }));
  }

  /** At most `maxCount` events of the whole log, system events included, latest first, before `from`. */
  backwards(from: bigint | null, maxCount: number): Promise<Event[]> {
    const fromPosition = from === null ? END : { commit: from, prepare: from };
    return this.page((client) => client.readAll({ fromPosition, maxCount, direction: BACKWARDS }));
  }

  /** One try, for those who must know soon. @throws UnsupportedServerError, and as every read */
  async ping(): Promise<void> {
    await this.availability.observed(async () => {
      try {
        await within(this.limits.deadlineMs, this.connection.checkVersion());
      } catch (error) {
        this.connection.renew();
        throw error;
      }
      await this.attempt((client) =>
        client.readAll({ fromPosition: END, maxCount: 1, direction: BACKWARDS }),
      );
    });
  }

  private page(read: (client: EventStoreDBClient) => Read): Promise<Event[]> {
    return this.availability.patiently(() => this.attempt(read));
  }

  private async attempt(read: (client: EventStoreDBClient) => Read): Promise<Event[]> {
    try {
      return await collect(read(this.connection.client), this.limits.deadlineMs, () =>
        this.connection.renew(),
      );
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

const neverStarted = (): void => undefined;

/** A stream that was deleted reads as one that never was. */
const isMissing = (error: unknown): boolean =>
  error instanceof StreamNotFoundError || error instanceof StreamDeletedError;

/** All that a read gives; rejects when nothing has come for `deadlineMs`, so that a long page on a slow line is fine. */
const collect = (read: Read, deadlineMs: number, expired: () => void): Promise<Event[]> =>
  new Promise((resolve, reject) => {
    const resolved: (AllStreamResolvedEvent | ResolvedEvent)[] = [];
    const timer = setTimeout(() => {
      expired();
      reject(noAnswer(deadlineMs));
      read.cancel().catch(neverStarted);
    }, deadlineMs);
    read.on('data', (event) => {
      resolved.push(event);
      timer.refresh();
    });
    read.on('end', () => {
      clearTimeout(timer);
      resolve(presentEvents(resolved));
    });
    read.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
