import { DomainError, invalid } from '../../domain/shared/domain-error.js';
import { parseText } from '../../domain/shared/identifier.js';
import { webhookStream } from '../../domain/shared/streams.js';
import { parseWebhookUrl } from '../../domain/webhook/webhook-address.js';
import type { WebhookCommand } from '../../domain/webhook/webhook.commands.js';
import { decideWebhook, noWebhook } from '../../domain/webhook/webhook.decider.js';
import type { WebhookState } from '../../domain/webhook/webhook.state.js';
import type { Refusals } from '../audit/refusals.js';
import { metadataOf, type CommandContext } from '../command-context.js';
import type { Idempotency, Issued } from '../commands/idempotency.js';
import type { StreamRepository } from '../commands/stream-repository.js';
import type { EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { ReadStore } from '../ports/read-store.js';
import type { WebhookSecrets } from '../ports/webhook-secrets.js';
import type { WebhookSender } from '../ports/webhook-sender.js';
import { authorize } from '../principal.js';
import { positionText } from '../read-models/document-key.js';
import { WEBHOOKS } from '../read-models/webhooks.read-model.js';

export interface WebhookServiceParts {
  readonly webhooks: StreamRepository<WebhookState>;
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly idempotency: Idempotency;
  readonly ids: IdGenerator;
  readonly secrets: WebhookSecrets;
  readonly sender: WebhookSender;
  readonly refusals: Refusals;
}

export interface NewWebhook {
  readonly url: string;
  readonly description?: string | null;
  /** Begin with the first entry after this position; absent: with what is approved from now on. */
  readonly after?: bigint | null;
}

/** What a command about a webhook reached; position null: nothing had to happen. */
export interface WebhookOutcome {
  readonly webhookId: string;
  readonly position: bigint | null;
}

type Key = string | null | undefined;

/** As they are made; anything else is nobody's. */
const WEBHOOK_ID = /^[0-9a-f-]{36}$/;
const MAX_DESCRIPTION = 200;
/** Of one organization. */
const MOST_WEBHOOKS = 50;

/** Receivers of the feed, as administrators set them up. What they may not do is on the record. */
export class WebhookService {
  constructor(private readonly parts: WebhookServiceParts) {}

  /**
   * The answer holds the secret that deliveries are signed with; only the very same command, repeated under its
   * idempotency key, shows it again.
   *
   * @throws DomainError FORBIDDEN, INVALID_INPUT at `url`, `description` or `after`, CONFLICT when there are too many
   */
  create(
    context: CommandContext,
    { url, description, after }: NewWebhook,
    key?: Key,
  ): Promise<WebhookOutcome & { readonly secret: string }> {
    const asked = { url, description: description ?? null, after: after == null ? null : String(after) };
    return this.watched(context, 'CreateWebhook', async () => {
      const { idempotency, ids, secrets } = this.parts;
      const { orgId } = context.principal;
      const issued = idempotency.issue(context, key, 'createWebhook', asked);
      const webhookId = ids.derived(issued.commandId, 'webhook');
      const secret = secrets.secretOf(orgId, webhookId);
      const repeated = issued.claim && (await idempotency.outcome(issued.claim));
      if (repeated) return { webhookId, secret, position: repeated.position };
      const data = await this.checked(orgId, { url, description, after });
      const { keyId: secretKey } = secrets;
      const command = { type: 'CreateWebhook' as const, webhookId, secretKey, ...data };
      return { ...(await this.decide(issued, webhookId, command)), secret };
    });
  }

  /** @throws DomainError FORBIDDEN, NOT_FOUND */
  delete(context: CommandContext, webhookId: string, key?: Key): Promise<WebhookOutcome> {
    return this.execute(context, webhookId, { type: 'DeleteWebhook' }, key);
  }

  /** Deliveries go on at once. @throws DomainError FORBIDDEN, NOT_FOUND */
  resume(context: CommandContext, webhookId: string, key?: Key): Promise<WebhookOutcome> {
    return this.execute(context, webhookId, { type: 'ResumeWebhook' }, key);
  }

  /**
   * Has another secret sign from now on, and those before it for another day. Answers as {@link create} does.
   *
   * @throws DomainError FORBIDDEN, NOT_FOUND
   */
  replaceSecret(
    context: CommandContext,
    webhookId: string,
    key?: Key,
  ): Promise<WebhookOutcome & { readonly secret: string }> {
    return this.watched(context, 'ReplaceSecret', async () => {
      if (!WEBHOOK_ID.test(webhookId)) throw noWebhook();
      const { idempotency, ids, secrets } = this.parts;
      const issued = idempotency.issue(context, key, 'ReplaceSecret', [webhookId]);
      const secretId = ids.derived(issued.commandId, 'secret');
      const command = { type: 'ReplaceSecret' as const, secretId, secretKey: secrets.keyId };
      const outcome = await this.decide(issued, webhookId, command);
      return { ...outcome, secret: secrets.secretOf(context.principal.orgId, webhookId, secretId) };
    });
  }

  /**
   * Has dead letters sent again, once each.
   *
   * @param positions of the entries; absent: all of them
   * @throws DomainError FORBIDDEN, NOT_FOUND at `webhookId` or `positions`, NOT_OPEN while the webhook is disabled
   */
  redeliver(
    context: CommandContext,
    webhookId: string,
    positions: readonly bigint[] | null | undefined,
    key?: Key,
  ): Promise<WebhookOutcome> {
    const asked = positions == null ? {} : { positions: positions.map(positionText) };
    return this.execute(context, webhookId, { type: 'Redeliver', ...asked }, key);
  }

  private execute(
    context: CommandContext,
    webhookId: string,
    command: WebhookCommand,
    key: Key,
  ): Promise<WebhookOutcome> {
    return this.watched(context, command.type, async () => {
      if (!WEBHOOK_ID.test(webhookId)) throw noWebhook();
      const issued = this.parts.idempotency.issue(context, key, command.type, [webhookId, command]);
      return this.decide(issued, webhookId, command);
    });
  }

  private watched<T>(context: CommandContext, action: string, work: () => Promise<T>): Promise<T> {
    return this.parts.refusals.watched(context, { action }, () => {
      authorize(context.principal, 'administer');
      return work();
    });
  }

  private async decide(
    { context, commandId, claim }: Issued,
    webhookId: string,
    command: WebhookCommand,
  ): Promise<WebhookOutcome> {
    const { position } = await this.parts.webhooks.execute({
      stream: webhookStream(context.principal.orgId, webhookId),
      commandId,
      metadata: metadataOf(context, commandId),
      ...(claim && { claim }),
      decide: (state) => decideWebhook(command, state),
    });
    return { webhookId, position };
  }

  private async checked(orgId: string, { url, description, after }: NewWebhook) {
    const { events, reads, sender } = this.parts;
    const address = parseWebhookUrl(url);
    const said = description ? parseText(description.trim(), ['description'], MAX_DESCRIPTION) : '';
    const head = await events.head();
    if (after != null && after > head)
      throw invalid(
        ['after'],
        'The log has not reached this position yet. Pass one on as an earlier answer gave it.',
      );
    if ((await reads.count(WEBHOOKS, { index: 'all', equals: [orgId] })) >= MOST_WEBHOOKS)
      throw new DomainError(
        'CONFLICT',
        `An organization has at most ${MOST_WEBHOOKS} webhooks. Delete one first.`,
      );
    await sender.check(address);
    return { url: address, after: positionText(after ?? head), ...(said !== '' && { description: said }) };
  }
}
