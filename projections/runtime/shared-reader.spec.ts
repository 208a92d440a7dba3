import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { EventBatch, SubscriptionOptions } from '../../src/application/ports/event-store.js';
import { UnreadableEventError } from '../../src/application/ports/unreadable-event-error.js';
import type { EventType } from '../../src/domain/events.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { personAdded, somethingElse } from '../../test/support/tally.projection.js';
import { SharedReader } from './shared-reader.js';

const PERSON: EventType = 'PersonAdded';
const OTHER = somethingElse().events[0]!.type;
const ALL = [PERSON, OTHER];

/** A log that counts how often it is followed and how many events it hands out. */
class CountedLog extends InMemoryEventStore {
  subscriptions = 0;
  handedOut = 0;

  override async *subscribe(options: SubscriptionOptions): AsyncGenerator<EventBatch> {
    this.subscriptions++;
    for await (const batch of super.subscribe({ ...options, batchSize: 3 })) {
      this.handedOut += batch.events.length;
      yield batch;
    }
  }
}

const logOf = async (kinds: readonly EventType[]): Promise<CountedLog> => {
  const log = new CountedLog();
  for (const [i, kind] of kinds.entries())
    await log.append(kind === PERSON ? personAdded(`p${i}`) : somethingElse());
  return log;
};

interface Following {
  readonly after?: bigint;
  readonly types: readonly EventType[];
  /** Turns of the event loop that a batch takes. */
  readonly slowness?: number;
}

/** Positions of what a follower is given, up to the end. */
const followed = async (
  reader: SharedReader,
  end: bigint,
  { after, types, slowness = 0 }: Following,
): Promise<bigint[]> => {
  const ending = new AbortController();
  const positions: bigint[] = [];
  const place = after === undefined ? {} : { after };
  for await (const { events, position } of reader.subscribe({ ...place, types, signal: ending.signal })) {
    positions.push(...events.map((event) => event.position));
    for (let turn = 0; turn < slowness; turn++) await new Promise(setImmediate);
    if (position >= end) ending.abort();
  }
  return positions;
};

const numbers = (count: number): bigint[] => Array.from({ length: count }, (_, i) => BigInt(i + 1));

describe('one reader of the log for all', () => {
  it('reads every event once for those who keep up', async () => {
    const log = await logOf(Array<EventType>(20).fill(PERSON));
    const reader = new SharedReader(log, ALL);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => followed(reader, 20n, { types: [PERSON] })),
    );
    for (const positions of all) expect(positions).toEqual(numbers(20));
    expect(log).toMatchObject({ subscriptions: 1, handedOut: 20 });
  });

  it('keeps step with the slow, and holds nobody up for one who does not go on at all', async () => {
    const log = await logOf(Array<EventType>(60).fill(PERSON));
    const reader = new SharedReader(log, ALL);
    const ending = new AbortController();
    const stuck = reader.subscribe({ types: [PERSON], signal: ending.signal });
    const slow = followed(reader, 60n, { types: [PERSON], slowness: 30 });
    await stuck.next();
    expect(await followed(reader, 60n, { types: [PERSON] })).toEqual(numbers(60));
    expect(await slow).toEqual(numbers(60));
    const { value } = (await stuck.next()) as IteratorYieldResult<EventBatch>;
    expect(value.events[0]).toMatchObject({ position: 4n });
    ending.abort();
    await stuck.return(undefined);
  });

  it('stops nobody at an event that cannot be read but those who want it', async () => {
    const log = await logOf([PERSON, PERSON, OTHER, PERSON, OTHER]);
    log.unreadable.add(3n);
    const reader = new SharedReader(log, ALL);
    const persons = followed(reader, 5n, { types: [PERSON] });
    await expect(followed(reader, 5n, { types: ALL })).rejects.toThrow(UnreadableEventError);
    expect(await persons).toEqual([1n, 2n, 4n]);
  });

  it('ends its reading with the last follower, who need not wait for an event', async () => {
    const log = await logOf([PERSON]);
    const reader = new SharedReader(log, ALL);
    const ending = new AbortController();
    const following = reader.subscribe({ types: ALL, signal: ending.signal });
    await following.next();
    const waiting = following.next();
    ending.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(await followed(reader, 1n, { types: ALL })).toEqual([1n]);
    expect(log.subscriptions).toBe(2);
  });

  it('gives everybody exactly what they ask for, in order, wherever they begin and however slow they are', async () => {
    const kind = fc.constantFrom(PERSON, OTHER);
    const following = fc.record(
      {
        after: fc.integer({ min: 0, max: 20 }).map(BigInt),
        types: fc.constantFrom([PERSON], [OTHER], ALL),
        slowness: fc.integer({ min: 0, max: 4 }),
      },
      { requiredKeys: ['types', 'slowness'] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(kind, { minLength: 21, maxLength: 60 }),
        fc.array(following, { minLength: 1, maxLength: 6 }),
        async (kinds, followings) => {
          const log = await logOf(kinds);
          const reader = new SharedReader(log, ALL);
          const end = BigInt(kinds.length);
          const given = await Promise.all(followings.map((one) => followed(reader, end, one)));
          for (const [i, { after = 0n, types }] of followings.entries())
            expect(given[i]).toEqual(
              numbers(kinds.length).filter(
                (position) => position > after && types.includes(kinds[Number(position) - 1]!),
              ),
            );
        },
      ),
      { numRuns: 100 },
    );
  });
});
