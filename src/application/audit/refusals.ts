import { LRUCache } from 'lru-cache';
import type { ActionRefused } from '../../domain/audit/audit.events.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { epochOf } from '../../domain/shared/instant.js';
import { refusalStream } from '../../domain/shared/streams.js';
import { metadataOf, type CommandContext } from '../command-context.js';
import type { Clock } from '../ports/clock.js';
import { EventStoreError, type EventStore, type NewEvent } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';

export interface RefusalParts {
  readonly events: EventStore;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  /** Told when a refusal could not be recorded; the caller is refused all the same. */
  readonly onError: (error: unknown, correlationId: string) => void;
}

/** What somebody tried. */
export interface Attempt {
  readonly action: string;
  /** Given where the attempt decides about a change: that it is not there may mean that it is another organization's. */
  readonly changeId?: string;
}

interface Window {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly recorded: number;
  readonly omitted: number;
}

/** Refusals of one caller that are recorded one by one in a minute; what goes beyond is counted. */
const MOST = 10;
const WINDOW_MS = 60_000;
const CALLERS_KEPT = 10_000;
const MAX_TEXT = 500;

/** Puts into the log who tried what they may not do. A flood of attempts leaves a count, not a flood of events. */
export class Refusals {
  private readonly windows = new LRUCache<string, Window>({ max: CALLERS_KEPT });

  constructor(private readonly parts: RefusalParts) {}

  /** Does what was asked for; a refusal is recorded and thrown on. */
  async watched<T>(context: CommandContext, attempt: Attempt, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const data = refused(attempt, error);
      if (data) await this.record(context, data);
      throw error;
    }
  }

  private async record(context: CommandContext, data: ActionRefused['data']): Promise<void> {
    const omitted = this.admit(context);
    if (omitted === null) return;
    const { events, ids, onError } = this.parts;
    const { orgId } = context.principal;
    const event: NewEvent = {
      id: ids.random(),
      type: 'ActionRefused',
      data: { ...data, ...(omitted > 0 && { omitted }) },
      metadata: metadataOf(context, ids.random()),
    };
    try {
      await appendLast(events, refusalStream(orgId), event);
    } catch (error) {
      onError(error, context.correlationId);
    }
  }

  /** How many were left out before this one; null: this one is left out too. */
  private admit({ principal }: CommandContext): number | null {
    const caller = JSON.stringify([principal.orgId, principal.subject]);
    const now = epochOf(this.parts.clock.now());
    const known = this.windows.get(caller);
    const isOpen = known !== undefined && now - known.since < WINDOW_MS;
    if (isOpen && known.recorded >= MOST) {
      this.windows.set(caller, { ...known, omitted: known.omitted + 1 });
      return null;
    }
    const recorded = isOpen ? known.recorded + 1 : 1;
    this.windows.set(caller, { since: isOpen ? known.since : now, recorded, omitted: 0 });
    return known?.omitted ?? 0;
  }
}

/** What is to be recorded of an error; null: it is no refusal that an auditor asks for. */
const refused = ({ action, changeId }: Attempt, error: unknown): ActionRefused['data'] | null => {
  if (!(error instanceof DomainError)) return null;
  const { code, message } = error;
  const counts =
    code === 'FORBIDDEN' || code === 'SELF_APPROVAL' || (code === 'NOT_FOUND' && changeId !== undefined);
  if (!counts) return null;
  return {
    action,
    code,
    ...(changeId !== undefined && { triedChangeId: changeId.slice(0, MAX_TEXT) }),
    message: message.slice(0, MAX_TEXT),
  };
};

/** Others may be refused at the same moment, and each try that fails is one of theirs that has come through. */
const MOST_TRIES = 20;

/** At the end of a stream, wherever that is, for the price of its last event: it grows for ever. */
const appendLast = async (events: EventStore, stream: string, event: NewEvent): Promise<void> => {
  for (let tries = 1; ; tries++)
    try {
      const last = await events.readLast(stream);
      await events.append({ stream, expected: last?.revision ?? 'NO_STREAM', events: [event] });
      return;
    } catch (error) {
      if (!(error instanceof EventStoreError && error.kind === 'CONFLICT') || tries === MOST_TRIES)
        throw error;
    }
};
