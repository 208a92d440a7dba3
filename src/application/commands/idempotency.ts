import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../../domain/events.js';
import { canonicalJson } from '../../domain/shared/canonical-json.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import { commandStream } from '../../domain/shared/streams.js';
import { EventStoreError, type EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { CommandContext } from '../command-context.js';

/** A caller's claim on a key: the same key, caller and organization give the same command. */
export interface Claim {
  readonly stream: string;
  readonly commandId: string;
  /** SHA-256 of the command's name and content, hex. */
  readonly content: string;
}

/** A command on its way: who gives it, under which identity. */
export interface Issued {
  readonly context: CommandContext;
  readonly commandId: string;
  readonly claim?: Claim;
}

/**
 * Idempotency keys, claimed in the log itself, in a stream per organization, caller and key: of two commands with one
 * key, in whatever processes, only the first can own it, and a projection that lags cannot hide it.
 */
export class Idempotency {
  constructor(
    private readonly events: EventStore,
    private readonly ids: IdGenerator,
  ) {}

  /** The identity of a command: with a key it follows from the key. `input` is all that it asks for. */
  issue(context: CommandContext, key: string | null | undefined, command: string, input: unknown): Issued {
    if (key === null || key === undefined) return { context, commandId: this.ids.random() };
    const { orgId, subject } = context.principal;
    const claim = this.claimOf(orgId, subject, key, command, input);
    return { context, commandId: claim.commandId, claim };
  }

  claimOf(orgId: string, caller: string, key: string, command: string, input: unknown): Claim {
    return {
      stream: commandStream(orgId, sha256(canonicalJson([caller, key]))),
      commandId: this.ids.derived('command', orgId, caller, key),
      content: sha256(canonicalJson([command, input])),
    };
  }

  /**
   * What the command that owns the key made happen: its first event; null when it has not happened (yet).
   *
   * @throws DomainError IDEMPOTENCY_MISMATCH when the key was used for other content
   */
  async outcome(claim: Claim): Promise<RecordedEvent | null> {
    const owner = await this.events.readLast(claim.stream);
    if (!owner) return null;
    if (owner.type !== 'IdempotencyKeyClaimed' || owner.data.content !== claim.content) throw mismatch();
    const { stream, fromRevision, commandId } = owner.data;
    for await (const event of this.events.readStream(stream, { fromRevision: BigInt(fromRevision) }))
      if (event.metadata.commandId === commandId) return event;
    return null;
  }

  /**
   * Takes the key for what is about to be appended to `target`, from `revision` on. False when the same command took it
   * before, so that it may have happened already.
   *
   * @throws DomainError IDEMPOTENCY_MISMATCH when somebody took it for other content meanwhile
   */
  async take(claim: Claim, target: string, revision: bigint, metadata: EventMetadata): Promise<boolean> {
    const { stream, commandId, content } = claim;
    const data = { commandId, content, stream: target, fromRevision: String(revision + 1n) };
    // An id of its own: the log would take an earlier claim with the same for this one, and only one can be the first.
    const id = this.ids.random();
    try {
      await this.events.append({
        stream,
        expected: 'NO_STREAM',
        events: [{ id, type: 'IdempotencyKeyClaimed', data, metadata }],
      });
      return true;
    } catch (error) {
      if (!(error instanceof EventStoreError) || error.kind !== 'CONFLICT') throw error;
      const owner = await this.events.readLast(stream);
      if (owner?.type !== 'IdempotencyKeyClaimed' || owner.data.content !== content) throw mismatch();
      return false;
    }
  }
}

const mismatch = (): DomainError =>
  new DomainError(
    'IDEMPOTENCY_MISMATCH',
    'This idempotency key was used for another command. Use a new key, or repeat exactly what was sent first.',
    { path: ['idempotencyKey'] },
  );

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
