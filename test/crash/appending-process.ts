import { randomUUID } from 'node:crypto';
import { EventStoreError } from '../../src/application/ports/event-store.js';
import { SqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { SystemClock } from '../../src/infrastructure/system-clock.js';
import { commented } from '../contract/event-store/samples.js';

/**
 * Appends to a log as fast as it can until it is killed, or until the log refuses. A line per acknowledged append on
 * stdout (`ack <append> <stream> <revision> <position>`), and one per refusal. Two processes may share a log.
 */
const [, , file = ''] = process.argv;
const WRITERS = 8;

/** Node writes to pipes synchronously here: what the kernel has, no kill takes back. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const store = new SqliteEventStore({ file, clock: new SystemClock() });

const write = async (stream: string): Promise<void> => {
  for (;;) {
    const append = randomUUID();
    const events = [1, 2, 3].map((part) => commented(`${append} ${part} ${'x'.repeat(200)}`));
    const { revision, position } = await store.append({ stream, expected: 'ANY', events });
    say(`ack ${append} ${stream} ${revision} ${position}`);
  }
};

const refusals = await Promise.all(
  Array.from({ length: WRITERS }, (_, i) =>
    write(i === 0 ? 'shared' : `own-${process.pid}-${i}`).catch((error: unknown) => error),
  ),
);
for (const refusal of refusals)
  say(
    refusal instanceof EventStoreError
      ? `refused ${refusal.kind} ${refusal.message}`
      : `failed ${String(refusal)}`,
  );
say(`readable ${await store.head()}`);
await store.ping().then(
  () => say('ping answered'),
  (error: EventStoreError) => say(`ping ${error.kind}`),
);
await store.close();
