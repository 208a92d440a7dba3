import { setTimeout } from 'node:timers/promises';
import { epochOf, instantOf } from '../../domain/shared/instant.js';
import { webhookStream } from '../../domain/shared/streams.js';
import { pauseAfter } from '../../domain/webhook/retry-schedule.js';
import type { WebhookCommand } from '../../domain/webhook/webhook.commands.js';
import { decideWebhook } from '../../domain/webhook/webhook.decider.js';
import type { PresentWebhook, WebhookState } from '../../domain/webhook/webhook.state.js';
import { metadataOf, type CommandContext } from '../command-context.js';
import type { StreamRepository } from '../commands/stream-repository.js';
import type { ChangeFeed } from '../feed/change-feed.js';
import type { EventStore } from '../ports/event-store.js';
import type { ApprovedChange } from '../queries/views.js';
import { deliver, type DeliveryParts, type Outcome } from './delivery.js';
import { DeliveryProgress, type Progress } from './delivery-progress.js';
import { Run } from './run.js';

export interface DelivererParts extends DeliveryParts {
  readonly webhooks: StreamRepository<WebhookState>;
  readonly events: EventStore;
  readonly feed: Pick<ChangeFeed, 'next' | 'entry'>;
  /** From 0 (inclusive) to 1. */
  readonly random: () => number;
  /** Resolves after so many milliseconds, or when `signal` aborts. Default: the machine's timers. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PAGE = 100;

/** Brings the feed to one webhook, entry by entry: the next one is sent when the one before is acknowledged or given up. */
export class Deliverer {
  private readonly stream: string;
  private readonly context: CommandContext;
  private readonly record: DeliveryProgress;
  private waking = new AbortController();

  constructor(
    private readonly parts: DelivererParts,
    private readonly orgId: string,
    webhookId: string,
  ) {
    this.stream = webhookStream(orgId, webhookId);
    const principal = { subject: 'system', orgId, roles: [], kind: 'service' as const, scopes: [] };
    this.context = { principal, via: 'worker', correlationId: webhookId };
    this.record = new DeliveryProgress(parts, webhookId, metadataOf(this.context, webhookId));
  }

  /** True: something about the webhook has changed that has not been looked at yet. */
  get isWoken(): boolean {
    return this.waking.signal.aborted;
  }

  wake(): void {
    this.waking.abort();
  }

  /**
   * Delivers until `signal` aborts, or until the webhook is disabled or deleted. Rejects when a store cannot be used, or
   * when another process delivers too: called again, it goes on from what is recorded.
   */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.waking = new AbortController();
      const webhook = await this.parts.webhooks.load(this.stream);
      if (webhook.status !== 'ACTIVE') return;
      await this.redeliver(webhook, signal);
      await this.follow(webhook, signal);
    }
  }

  /** Until something about the webhook changes. */
  private async follow(webhook: PresentWebhook, signal: AbortSignal): Promise<void> {
    const { feed } = this.parts;
    const ending = AbortSignal.any([signal, this.waking.signal]);
    let progress = await this.record.load(webhook.after);
    let place = BigInt(progress.position);
    while (!ending.aborted) {
      await this.untilDue(progress, webhook, ending);
      const { entries, position } = await feed.next(this.orgId, place, PAGE, ending);
      const run = new Run(this.record, progress);
      try {
        for (const entry of entries)
          if (ending.aborted || !(await this.attempt(webhook, entry, run, signal))) break;
      } finally {
        progress = await run.end();
      }
      // What lies behind the last entry of a page holds nothing for this organization.
      const isThrough = progress.position === (entries.at(-1)?.position ?? progress.position);
      place = isThrough ? position : BigInt(progress.position);
    }
  }

  /** False: the entry is to be tried again, or nothing is to be sent any more. */
  private async attempt(
    webhook: PresentWebhook,
    entry: ApprovedChange,
    run: Run,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { clock, random } = this.parts;
    const { position } = entry;
    const outcome = await this.send(webhook, entry, signal);
    switch (outcome.type) {
      case 'DELIVERED':
        await run.through(position);
        return true;
      case 'GONE':
        await this.decide({ type: 'DisableWebhook', position });
        this.wake();
        return false;
      case 'FAILED': {
        const { message, wait } = outcome;
        const attempts = (countedFailure(run.progress, webhook)?.attempts ?? 0) + 1;
        const pause = pauseAfter(attempts, random(), wait);
        if (pause === null) {
          // Recorded before the place behind it: between the two it may be tried once more, but never forgotten.
          await this.decide({ type: 'AbandonDelivery', position, attempts, message });
          await run.through(position);
          return true;
        }
        const nextAttemptAt = instantOf(epochOf(clock.now()) + pause);
        await run.failed({ attempts, message, nextAttemptAt });
        return false;
      }
    }
  }

  /** Dead letters that somebody wants sent again: once each, whatever comes of it. */
  private async redeliver(webhook: PresentWebhook, signal: AbortSignal): Promise<void> {
    for (const [position, state] of webhook.deadLetters) {
      if (state !== 'REQUESTED' || signal.aborted) continue;
      const entry = await this.parts.feed.entry(this.orgId, BigInt(position));
      const outcome = entry ? await this.send(webhook, entry, signal) : NO_ENTRY;
      const failed = outcome.type === 'DELIVERED' ? {} : { message: messageOf(outcome) };
      await this.decide({ type: 'SettleRedelivery', position, ...failed });
      if (outcome.type !== 'GONE') continue;
      await this.decide({ type: 'DisableWebhook', position });
      return this.wake();
    }
  }

  private send(webhook: PresentWebhook, entry: ApprovedChange, signal: AbortSignal): Promise<Outcome> {
    return deliver(this.parts, this.orgId, webhook, entry, signal);
  }

  private async decide(command: WebhookCommand): Promise<void> {
    const { webhooks, ids } = this.parts;
    const commandId = ids.random();
    await webhooks.execute({
      stream: this.stream,
      commandId,
      metadata: metadataOf(this.context, commandId),
      decide: (state) => decideWebhook(command, state),
    });
  }

  /** Resolves when the next attempt is due, or `ending` aborts. */
  private async untilDue(progress: Progress, webhook: PresentWebhook, ending: AbortSignal): Promise<void> {
    const due = countedFailure(progress, webhook)?.nextAttemptAt;
    if (due === undefined) return;
    const { clock, pause = timer } = this.parts;
    for (let left: number; (left = epochOf(due) - epochOf(clock.now())) > 0 && !ending.aborted;)
      await pause(left, ending);
  }
}

/** Positions are of one log: in a copy of it there may be nothing at this one. */
const NO_ENTRY: Outcome = { type: 'FAILED', message: 'The feed holds no entry at this position.' };

const messageOf = (outcome: Exclude<Outcome, { type: 'DELIVERED' }>): string =>
  outcome.type === 'GONE' ? 'The receiver is gone.' : outcome.message;

/** A failure counts until somebody resumes the webhook. */
const countedFailure = ({ failure, recordedAt }: Progress, { resumedAt }: PresentWebhook) =>
  recordedAt > resumedAt ? failure : null;

const timer = async (ms: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(ms, undefined, { signal }).catch(cutShort);
};

/** What has ended the pause is seen by whoever paused. */
const cutShort = (): void => undefined;
