import { randomUUID } from 'node:crypto';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended } from '../../../application/ports/event-store.js';
import {
  appendedOf,
  batchAppendRequest,
  correlationIdOf,
  type EncodedAppend,
} from './batch-append.messages.js';
import type { BatchAppendCall } from './connection.js';
import { toEventStoreError } from './eventstoredb-errors.js';
import { noAnswer } from './patience.js';

interface Pending {
  readonly stream: string;
  readonly settle: (outcome: Appended | Error) => void;
}

/**
 * Appends over one long call, each answered when its own turn comes.
 *
 * The client has the same, but keeps what is pending in one map of its module: a call that breaks rejects the appends of
 * every other client in the process and then throws, out of anybody's reach, when one of those is answered; writes
 * that were still queued reject a promise that nobody holds. Either ends the process. Hence this one over its stubs.
 */
export class BatchAppender {
  private readonly pending = new Map<string, Pending>();
  private failure: Error | null = null;

  constructor(private readonly call: BatchAppendCall) {
    call.on('data', (response: BatchAppendResp) => this.answered(response));
    call.on('error', (error: Error) => this.end(error));
    call.on('end', () => this.end(new Error('the server ended the call')));
  }

  get ended(): boolean {
    return this.failure !== null;
  }

  /** Rejects with UNAVAILABLE, the outcome unknown, when there is no answer in time or the call breaks. */
  append(append: EncodedAppend, deadlineMs: number): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(toEventStoreError(this.failure));
      const correlationId = randomUUID();
      const settle = (outcome: Appended | Error): void => {
        clearTimeout(timer);
        this.pending.delete(correlationId);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      // A call on which one append waits for too long is not trusted with another.
      const timer = setTimeout(() => this.cancel(noAnswer(deadlineMs)), deadlineMs);
      this.pending.set(correlationId, { stream: append.stream, settle });
      this.call.write(batchAppendRequest(correlationId, append));
    });
  }

  cancel(reason: Error): void {
    this.end(reason);
    this.call.cancel();
  }

  private answered(response: BatchAppendResp): void {
    const pending = this.pending.get(correlationIdOf(response));
    pending?.settle(appendedOf(response, pending.stream));
  }

  private end(reason: Error): void {
    this.failure ??= reason;
    const error = toEventStoreError(reason);
    for (const pending of [...this.pending.values()]) pending.settle(error);
  }
}
