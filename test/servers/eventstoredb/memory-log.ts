import { EventEmitter } from 'node:events';

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** 100 ns since 1970, as text. */
  readonly created: string;
}

export type Proposed = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong-version'; readonly current: bigint | null }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too-large' };

/** The server's own limit on one append: data, metadata and twice the type's length, in bytes. */
export const MAX_APPEND = 1024 * 1024;

const sizeOf = (event: Proposed): number => event.data.length + event.metadata.length + 2 * event.type.length;

/** The log of the test server: positions with gaps between them, system events from the start. */
export class MemoryLog {
  readonly events: StoredEvent[] = [];
  /** Whether repeated ids are noticed. A real server's memory of them is bounded. */
  remembersIds = true;
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #truncatedBefore = new Map<string, bigint>();
  readonly #tombstones = new Set<string>();
  readonly #committed = new EventEmitter().setMaxListeners(0);
  #position = 0n;

  constructor(
    private readonly now: () => number,
    private readonly journal: (append: readonly StoredEvent[]) => void = () => undefined,
  ) {}

  append(stream: string, expected: Expected, proposed: readonly Proposed[]): AppendResult {
    if (this.#tombstones.has(stream)) return { kind: 'deleted' };
    if (proposed.reduce((bytes, event) => bytes + sizeOf(event), 0) > MAX_APPEND)
      return { kind: 'too-large' };
    const stored = this.#streams.get(stream) ?? [];
    const first = this.#slot(stored, stream, expected, proposed);
    if (first === null) return { kind: 'wrong-version', current: BigInt(stored.length) - 1n };
    if (first === stored.length) this.journal(proposed.map((event) => this.#store(stream, event)));
    const last = (this.#streams.get(stream) ?? [])[first + proposed.length - 1];
    return { kind: 'appended', revision: last?.revision ?? -1n, position: last?.position ?? this.#position };
  }

  /** The slot that the first event has or gets; null: neither is possible. */
  #slot(
    stored: StoredEvent[],
    stream: string,
    expected: Expected,
    proposed: readonly Proposed[],
  ): number | null {
    const exists = stored.length > 0 && !this.#isEmptied(stream);
    const sameFrom = (slot: number): boolean =>
      this.remembersIds &&
      slot >= 0 &&
      proposed.length > 0 &&
      proposed.every(({ id }, i) => stored[slot + i]?.id === id);
    if (expected === 'any' || expected === 'stream_exists') {
      const found = this.remembersIds
        ? stored.findIndex(({ id }) => proposed.some((event) => event.id === id))
        : -1;
      if (found >= 0) return sameFrom(found) ? found : null;
      return expected === 'any' || exists ? stored.length : null;
    }
    const slot = expected === 'no_stream' ? 0 : Number(expected) + 1;
    if (slot === stored.length || (expected === 'no_stream' && !exists)) return stored.length;
    return sameFrom(slot) ? slot : null;
  }

  #store(stream: string, event: Proposed): StoredEvent {
    const stored = {
      ...event,
      stream,
      revision: BigInt(this.#streams.get(stream)?.length ?? 0),
      position: this.#position + BigInt(64 + sizeOf(event)),
      created: (BigInt(this.now()) * 10_000n).toString(),
    };
    this.restore(stored);
    return stored;
  }

  /** Takes an event as an earlier run stored it. */
  restore(event: StoredEvent): void {
    this.#position = event.position;
    this.events.push(event);
    const stored = this.#streams.get(event.stream);
    if (stored) stored.push(event);
    else this.#streams.set(event.stream, [event]);
    if (event.stream.startsWith('$$')) this.#applyMetadata(event);
  }

  #applyMetadata(event: StoredEvent): void {
    const metadata = JSON.parse(Buffer.from(event.data).toString('utf8')) as Record<string, unknown>;
    const before = metadata['$tb'];
    if (typeof before === 'number') this.#truncatedBefore.set(event.stream.slice(2), BigInt(before));
  }

  /** Deletes a stream; it can be written again, going on with its numbers. */
  delete(stream: string, id: string): void {
    const data = Buffer.from(JSON.stringify({ $tb: this.#streams.get(stream)?.length ?? 0 }));
    const metadata = new Uint8Array();
    this.append(`$$${stream}`, 'any', [
      { id, type: '$metadata', contentType: 'application/json', data, metadata },
    ]);
  }

  tombstone(stream: string): void {
    this.#tombstones.add(stream);
  }

  isTombstoned(stream: string): boolean {
    return this.#tombstones.has(stream);
  }

  #isEmptied(stream: string): boolean {
    return (this.#truncatedBefore.get(stream) ?? 0n) >= BigInt(this.#streams.get(stream)?.length ?? 0);
  }

  /** The readable events of a stream in order; null: there is no such stream. */
  streamEvents(stream: string): readonly StoredEvent[] | null {
    const stored = this.#streams.get(stream);
    if (!stored || this.#isEmptied(stream)) return null;
    const before = this.#truncatedBefore.get(stream) ?? 0n;
    return before === 0n ? stored : stored.slice(Number(before));
  }

  /** Index of the first event of the log after `position`. */
  indexAfter(position: bigint): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.position ?? 0n) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Wakes those who follow the log. Apart from storing, so that a reply can be sent before or after. */
  announce(): void {
    this.#committed.emit('committed');
  }

  onCommitted(listener: () => void): () => void {
    this.#committed.on('committed', listener);
    return () => this.#committed.off('committed', listener);
  }
}
