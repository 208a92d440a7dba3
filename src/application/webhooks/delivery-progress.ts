import type { DeliveryFailure } from '../../domain/webhook/webhook.events.js';
import { deliveryStream } from '../../domain/shared/streams.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import type { EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';

/** How far a webhook has got, as the log has it. */
export interface Progress {
  /** Everything up to here is acknowledged or given up. */
  readonly position: string;
  readonly failure: DeliveryFailure | null;
  /** Where in the log this was recorded; 0: nowhere yet. */
  readonly recordedAt: bigint;
  /** Of the stream; -1: nothing is recorded yet. */
  readonly revision: bigint;
}

/** Reads and records how far one webhook has got. Whoever records on what is no longer the latest is refused. */
export class DeliveryProgress {
  private readonly stream: string;

  constructor(
    private readonly parts: { readonly events: EventStore; readonly ids: IdGenerator },
    private readonly webhookId: string,
    private readonly metadata: EventMetadata,
  ) {
    this.stream = deliveryStream(metadata.orgId, webhookId);
  }

  /** @param beginning the position that the webhook begins after */
  async load(beginning: string): Promise<Progress> {
    const last = await this.parts.events.readLast(this.stream);
    if (last?.type !== 'DeliveryRecorded')
      return { position: beginning, failure: null, recordedAt: 0n, revision: -1n };
    const { position, failure = null } = last.data;
    return { position, failure, recordedAt: last.position, revision: last.revision };
  }

  /** @throws EventStoreError CONFLICT when another process has recorded something since */
  async record(
    { revision }: Progress,
    position: string,
    failure: DeliveryFailure | null = null,
  ): Promise<Progress> {
    const { events, ids } = this.parts;
    const { webhookId, metadata } = this;
    const appended = await events.append({
      stream: this.stream,
      expected: revision < 0n ? 'NO_STREAM' : revision,
      events: [
        {
          id: ids.random(),
          type: 'DeliveryRecorded',
          data: { webhookId, position, ...(failure && { failure }) },
          metadata,
        },
      ],
    });
    return { position, failure, recordedAt: appended.position, revision: appended.revision };
  }
}
