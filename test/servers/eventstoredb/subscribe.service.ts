import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Faults, OpenSubscription } from './faults.js';
import type { MemoryLog, StoredEvent } from './memory-log.js';
import { checkpointMessage, eventMessage, streamName, unavailable } from './messages.js';
import { send, uuidForm, type ReadCall } from './read-call.js';
import { streams } from './stubs.js';

/** Events looked at between two checkpoints, unless the client says otherwise. */
const DEFAULT_WINDOW = 32;

const matcher = (options: ReadReq.Options): ((event: StoredEvent) => boolean) => {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getEventType() ?? filter.getStreamIdentifier();
  const subject = (event: StoredEvent): string => (filter.hasEventType() ? event.type : event.stream);
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => subject(event).startsWith(prefix));
  const pattern = new RegExp(expression?.getRegex() ?? '');
  return (event) => pattern.test(subject(event));
};

/** Where a subscription goes on: after the given place, at the start or at the end. */
const startIndex = (log: MemoryLog, options: ReadReq.Options): number => {
  const stream = options.getStream();
  if (stream) {
    const stored = log.streamEvents(streamName(stream.getStreamIdentifier())) ?? [];
    if (stream.hasEnd()) return stored.length;
    return stream.hasRevision() ? Number(BigInt(stream.getRevision()) + 1n) : 0;
  }
  const all = options.getAll();
  if (all?.hasEnd()) return log.events.length;
  const position = all?.getPosition();
  return position ? log.indexAfter(BigInt(position.getCommitPosition())) : 0;
};

export const subscribe = async (
  log: MemoryLog,
  faults: Faults,
  call: ReadCall,
  options: ReadReq.Options,
): Promise<void> => {
  const subscription = new Subscription(log, call, options, faults.announcesCaughtUp);
  faults.subscriptions.add(subscription);
  try {
    await subscription.run();
  } finally {
    faults.subscriptions.delete(subscription);
  }
};

class Subscription implements OpenSubscription {
  #over = false;
  #muted = false;
  #wake: () => void = () => undefined;
  #index: number;
  readonly #matches: (event: StoredEvent) => boolean;

  constructor(
    private readonly log: MemoryLog,
    private readonly call: ReadCall,
    private readonly options: ReadReq.Options,
    private readonly announcesCaughtUp: boolean,
  ) {
    this.#index = startIndex(log, options);
    this.#matches = matcher(options);
  }

  end(how: 'UNAVAILABLE' | 'OK'): void {
    this.#over = true;
    if (how === 'OK') this.call.end();
    else this.call.emit('error', unavailable());
    this.#wake();
  }

  mute(): void {
    this.#muted = true;
  }

  async run(): Promise<void> {
    const stop = (): void => {
      this.#over = true;
      this.#wake();
    };
    this.call.once('cancelled', stop).once('close', stop);
    const unlisten = this.log.onCommitted(() => this.#wake());
    try {
      const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
      await send(this.call, new streams.ReadResp().setConfirmation(confirmation));
      await this.#follow();
    } finally {
      unlisten();
    }
  }

  async #follow(): Promise<void> {
    const filter = this.options.getFilter();
    const window = filter?.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
    const interval = window * Math.max(1, filter?.getCheckpointintervalmultiplier() ?? 1);
    let looked = 0;
    let caughtUp = !this.announcesCaughtUp;
    while (!this.#over) {
      const event = this.#muted ? undefined : this.#next();
      if (!event) {
        const announced = caughtUp || this.#muted;
        caughtUp = true;
        if (!announced)
          await send(this.call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        else await this.#more();
        continue;
      }
      this.#index += 1;
      if (this.#matches(event)) await send(this.call, eventMessage(event, uuidForm(this.options)));
      looked += 1;
      if (filter && looked % interval === 0) await send(this.call, checkpointMessage(event.position));
    }
  }

  #next(): StoredEvent | undefined {
    const stream = this.options.getStream();
    if (!stream) return this.log.events[this.#index];
    return this.log.streamEvents(streamName(stream.getStreamIdentifier()))?.[this.#index];
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#over || (this.#next() && !this.#muted)) resolve();
    });
  }
}
