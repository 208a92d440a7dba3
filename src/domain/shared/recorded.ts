import type { Instant } from './instant.js';

/** Something that happened, as a decider says it: a stored name in the past tense and plain JSON. */
export interface Event<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Who did it, why and from where; on every event of the log ("Audit" in the domain). */
export interface EventMetadata {
  readonly orgId: string;
  readonly actor: string;
  readonly roles: readonly string[];
  /** The command that caused it; events of one command share it. */
  readonly commandId: string;
  readonly $correlationId: string;
  readonly $causationId: string | null;
  readonly schemaVersion: number;
  /** Where the request came from: `graphql`, `rest`, `cli`, `worker`. */
  readonly via?: string;
  readonly reason?: string;
}

/** An event as the log holds it. */
export interface Recorded<E extends Event = Event> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: bigint;
  /** Place in the whole log; grows, not necessarily by one. */
  readonly position: bigint;
  /** When the log learned it (transaction time). */
  readonly recordedAt: Instant;
  readonly metadata: EventMetadata;
}

/** A pure pair: what a command makes happen, and what that makes of the state. */
export interface Decider<Command, State, E extends Event> {
  readonly initial: State;
  decide(command: Command, state: State): readonly E[];
  evolve(state: State, event: Recorded<E>): State;
}
