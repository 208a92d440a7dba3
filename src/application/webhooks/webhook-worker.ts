import type { EventType } from '../../domain/events.js';
import { retried } from '../import/retried.js';
import { whileHeld } from '../operations/while-held.js';
import type { Lease } from '../ports/lease.js';
import type { IndexPlace, ReadStore } from '../ports/read-store.js';
import { documentKey } from '../read-models/document-key.js';
import { WEBHOOKS } from '../read-models/webhooks.read-model.js';
import { Deliverer, type DelivererParts } from './deliverer.js';

export interface WebhookWorkerParts extends DelivererParts {
  readonly reads: ReadStore;
  readonly lease: Lease;
  /** Told of every failure but those of receivers, which are recorded with the webhook. */
  readonly onError: (error: unknown, webhookId?: string) => void;
}

/** What a deliverer has to look at anew, or begin with. */
const TURNS: readonly EventType[] = [
  'WebhookCreated',
  'WebhookResumed',
  'WebhookDeleted',
  'WebhookSecretReplaced',
  'RedeliveryRequested',
];
const PAGE = 200;

/** Delivers to every webhook of every organization, each at its own pace, in the one process whose turn it is. */
export class WebhookWorker {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WebhookWorkerParts) {}

  start(): void {
    const { lease, onError } = this.parts;
    const { signal } = this.stopping;
    this.running = whileHeld({ lease, name: 'webhooks', signal, onError }, (ending) =>
      new Turn(this.parts, ending).run(),
    );
  }

  /** Resolves once what is acknowledged is recorded. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

/** As long as this process delivers. */
class Turn {
  private readonly deliverers = new Map<string, Deliverer>();
  private readonly deliveries = new Set<Promise<void>>();

  constructor(
    private readonly parts: WebhookWorkerParts,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<void> {
    const { events, onError } = this.parts;
    const { signal } = this;
    const retrying = { isPassing: () => true, onError, signal };
    let position = (await retried(() => this.begin(), retrying)) ?? 0n;
    await retried(async (gotOn) => {
      for await (const batch of events.subscribe({ after: position, types: TURNS, signal })) {
        for (const { data, metadata } of batch.events)
          if ('webhookId' in data) this.attend(metadata.orgId, data.webhookId);
        position = batch.position;
        gotOn();
      }
      if (!signal.aborted) throw new Error('The log has ended the subscription.');
    }, retrying);
    await Promise.all(this.deliveries);
  }

  /**
   * Begins with what the read model knows. What it does not know yet lies after its checkpoint, so the subscription that
   * starts there misses nothing, and an old log need not be read from its beginning.
   */
  private async begin(): Promise<bigint> {
    const { reads } = this.parts;
    const checkpoint = (await reads.checkpoint(WEBHOOKS)) ?? 0n;
    for (let after: IndexPlace | undefined; ;) {
      const where = { index: 'byStatus', equals: ['ACTIVE'], limit: PAGE };
      const found = await reads.find(WEBHOOKS, { ...where, ...(after && { after }) });
      for (const { document } of found) this.attend(document.orgId, document.webhookId);
      const last = found.at(-1);
      if (!last || found.length < PAGE) return checkpoint;
      after = { values: [], key: last.key };
    }
  }

  private attend(orgId: string, webhookId: string): void {
    const key = documentKey(orgId, webhookId);
    const known = this.deliverers.get(key);
    if (known) return known.wake();
    const deliverer = new Deliverer(this.parts, orgId, webhookId);
    this.deliverers.set(key, deliverer);
    const delivery = this.keep(key, deliverer, webhookId).finally(() => this.deliveries.delete(delivery));
    this.deliveries.add(delivery);
  }

  /** However one webhook fares, the others go on. */
  private async keep(key: string, deliverer: Deliverer, webhookId: string): Promise<void> {
    const { signal } = this;
    const onError = (error: unknown) => this.parts.onError(error, webhookId);
    do {
      await retried(() => deliverer.run(signal), { isPassing: () => true, onError, signal });
      // Somebody may have woken it while it was ending.
    } while (deliverer.isWoken && !signal.aborted);
    this.deliverers.delete(key);
  }
}
