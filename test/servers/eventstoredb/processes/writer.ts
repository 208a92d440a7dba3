import { randomUUID } from 'node:crypto';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store.js';
import { many } from '../../../contract/event-store/samples.js';

// Appends to a stream of its own until it is killed, and says every id once it is acknowledged.
const [url = ''] = process.argv.slice(2);
const store = new EventStoreDbEventStore({ url, deadlineMs: 500, patienceMs: 30_000 });
const stream = `change-demo.${randomUUID()}`;
for (let expected: bigint | 'NO_STREAM' = 'NO_STREAM'; ;) {
  const events = many(2);
  ({ revision: expected } = await store.append({ stream, expected, events }));
  process.stdout.write(events.map(({ id }) => `${id}\n`).join(''));
}
