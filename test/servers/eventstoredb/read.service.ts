import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Faults } from './faults.js';
import type { MemoryLog, StoredEvent } from './memory-log.js';
import {
  accessDenied,
  eventMessage,
  streamDeleted,
  streamIdentifier,
  streamName,
  unavailable,
} from './messages.js';
import { send, uuidForm, type ReadCall } from './read-call.js';
import { streams } from './stubs.js';
import { subscribe } from './subscribe.service.js';
import { delay } from './waiting.js';

const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** Reads and subscriptions, of one stream and of everything: all come through the same method. */
export const read =
  (log: MemoryLog, faults: Faults) =>
  (call: ReadCall): void => {
    const options = call.request.getOptions() as ReadReq.Options;
    const method = options.hasSubscription() ? 'subscribe' : 'read';
    const stream = streamName(options.getStream()?.getStreamIdentifier());
    const run = async (): Promise<void> => {
      const wait = faults.delay(method);
      if (wait > 0) await delay(wait);
      if (faults.refuses()) return void call.emit('error', unavailable());
      if (faults.deny(method, stream)) return void call.emit('error', accessDenied());
      if (options.hasStream() && log.isTombstoned(stream))
        return void call.emit('error', streamDeleted(stream));
      await (method === 'subscribe' ? subscribe(log, faults, call, options) : readOnce(log, call, options));
    };
    const fail = (error: unknown): void => void call.emit('error', error);
    run().catch(fail);
  };

const readOnce = async (log: MemoryLog, call: ReadCall, options: ReadReq.Options): Promise<void> => {
  const stream = options.getStream();
  const events = stream ? log.streamEvents(streamName(stream.getStreamIdentifier())) : log.events;
  if (events === null) {
    const missing = new streams.ReadResp.StreamNotFound();
    missing.setStreamIdentifier(streamIdentifier(streamName(stream?.getStreamIdentifier())));
    await send(call, new streams.ReadResp().setStreamNotFound(missing));
    return void call.end();
  }
  const chosen =
    options.getReadDirection() === BACKWARDS
      ? backwards(events, log, options)
      : forwards(events, log, options);
  for (const event of chosen) if (!(await send(call, eventMessage(event, uuidForm(options))))) return;
  call.end();
};

function* forwards(
  events: readonly StoredEvent[],
  log: MemoryLog,
  options: ReadReq.Options,
): Iterable<StoredEvent> {
  let index = firstIndex(events, log, options);
  for (let left = BigInt(options.getCount()); left > 0n; left -= 1n, index += 1) {
    const event = events[index];
    if (!event) return;
    yield event;
  }
}

function* backwards(
  events: readonly StoredEvent[],
  log: MemoryLog,
  options: ReadReq.Options,
): Iterable<StoredEvent> {
  let index = lastIndex(events, log, options);
  for (let left = BigInt(options.getCount()); left > 0n; left -= 1n, index -= 1) {
    const event = events[index];
    if (!event) return;
    yield event;
  }
}

/** Forwards, a place is where reading starts. */
const firstIndex = (events: readonly StoredEvent[], log: MemoryLog, options: ReadReq.Options): number => {
  const stream = options.getStream();
  const all = options.getAll();
  if (stream?.hasEnd() || all?.hasEnd()) return events.length;
  if (stream?.hasRevision()) return Number(BigInt(stream.getRevision()) - (events[0]?.revision ?? 0n));
  const position = all?.getPosition();
  return position ? log.indexAfter(BigInt(position.getCommitPosition()) - 1n) : 0;
};

/** Backwards, `$all` starts before the given position and a stream at the given revision. */
const lastIndex = (events: readonly StoredEvent[], log: MemoryLog, options: ReadReq.Options): number => {
  const stream = options.getStream();
  const all = options.getAll();
  if (stream?.hasStart() || all?.hasStart()) return -1;
  if (stream?.hasRevision())
    return Math.min(events.length - 1, Number(BigInt(stream.getRevision()) - (events[0]?.revision ?? 0n)));
  const position = all?.getPosition();
  return position ? log.indexAfter(BigInt(position.getCommitPosition()) - 1n) - 1 : events.length - 1;
};
