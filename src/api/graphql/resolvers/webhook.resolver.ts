import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CommandContext } from '../../../application/command-context.js';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { WebhookQuery } from '../../../application/webhooks/webhook-query.js';
import { WebhookService, type WebhookOutcome } from '../../../application/webhooks/webhook-service.js';
import { validateInput } from '../inputs/validate-input.js';
import {
  CreateWebhookInput,
  DeadLettersArgs,
  RedeliverInput,
  WebhookInput,
  WebhooksArgs,
} from '../inputs/webhook.inputs.js';
import { Caller, Commanding } from '../request-context.js';
import { optional, parsePosition } from '../scalars/arguments.js';
import { DeadLetterConnection } from '../types/connection.types.js';
import { NewWebhookPayload, WebhookPayload } from '../types/payload.types.js';
import { Webhook } from '../types/webhook.types.js';
import { ChangePayloads } from './change-payloads.js';
import { pageRequest } from './page-request.js';

const position = optional(parsePosition);

@Resolver(() => Webhook)
export class WebhookResolver {
  constructor(
    private readonly service: WebhookService,
    private readonly query: WebhookQuery,
    private readonly payloads: ChangePayloads,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => [Webhook], { description: 'Receivers of the feed of approved changes, for administrators.' })
  async webhooks(@Caller() caller: Principal, @Args() args: WebhooksArgs) {
    authorize(caller, 'administer');
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.query.webhooks(caller.orgId);
  }

  @ResolveField(() => DeadLetterConnection)
  deadLetters(@Caller() caller: Principal, @Parent() { id }: Webhook, @Args() args: DeadLettersArgs) {
    validateInput(DeadLettersArgs, args);
    return this.query.deadLetters(caller.orgId, id, pageRequest(args));
  }

  @Mutation(() => NewWebhookPayload)
  createWebhook(
    @Commanding() by: CommandContext,
    @Args('input') input: CreateWebhookInput,
  ): Promise<NewWebhookPayload> {
    return this.payloads.refusable<NewWebhookPayload>(
      async () => {
        validateInput(CreateWebhookInput, input);
        const { url, description, after, idempotencyKey } = input;
        const wanted = { url, description, after: position(after, ['after']) };
        const { secret, ...outcome } = await this.service.create(by, wanted, idempotencyKey);
        return { ...(await this.answer(by, outcome)), secret };
      },
      (userErrors) => ({ webhook: null, secret: null, position: null, userErrors }),
    );
  }

  @Mutation(() => NewWebhookPayload, {
    description: 'Has another secret sign deliveries from now on; those before it sign for another day, too.',
  })
  replaceWebhookSecret(
    @Commanding() by: CommandContext,
    @Args('input') input: WebhookInput,
  ): Promise<NewWebhookPayload> {
    return this.payloads.refusable<NewWebhookPayload>(
      async () => {
        validateInput(WebhookInput, input);
        const { webhookId, idempotencyKey } = input;
        const { secret, ...outcome } = await this.service.replaceSecret(by, webhookId, idempotencyKey);
        return { ...(await this.answer(by, outcome)), secret };
      },
      (userErrors) => ({ webhook: null, secret: null, position: null, userErrors }),
    );
  }

  @Mutation(() => WebhookPayload)
  deleteWebhook(
    @Commanding() by: CommandContext,
    @Args('input') input: WebhookInput,
  ): Promise<WebhookPayload> {
    return this.commanded(WebhookInput, by, input, () =>
      this.service.delete(by, input.webhookId, input.idempotencyKey),
    );
  }

  @Mutation(() => WebhookPayload, {
    description: 'Deliveries go on at once: after 410 Gone, or instead of waiting for the next attempt.',
  })
  resumeWebhook(
    @Commanding() by: CommandContext,
    @Args('input') input: WebhookInput,
  ): Promise<WebhookPayload> {
    return this.commanded(WebhookInput, by, input, () =>
      this.service.resume(by, input.webhookId, input.idempotencyKey),
    );
  }

  @Mutation(() => WebhookPayload, { description: 'Has dead letters sent again, once each.' })
  redeliverDeadLetters(
    @Commanding() by: CommandContext,
    @Args('input') input: RedeliverInput,
  ): Promise<WebhookPayload> {
    return this.commanded(RedeliverInput, by, input, () => {
      const positions = input.positions?.map((text) => parsePosition(text, ['positions']));
      return this.service.redeliver(by, input.webhookId, positions, input.idempotencyKey);
    });
  }

  private commanded<T extends object>(
    type: new () => T,
    by: CommandContext,
    input: T,
    execute: () => Promise<WebhookOutcome>,
  ): Promise<WebhookPayload> {
    return this.payloads.refusable<WebhookPayload>(
      async () => {
        validateInput(type, input);
        return this.answer(by, await execute());
      },
      (userErrors) => ({ webhook: null, position: null, userErrors }),
    );
  }

  private async answer(
    { principal }: CommandContext,
    { webhookId, position: reached }: WebhookOutcome,
  ): Promise<WebhookPayload> {
    const read = () => this.query.webhook(principal.orgId, webhookId);
    return {
      webhook: await this.payloads.readBack(reached, read),
      position: reached === null ? null : positionText(reached),
      userErrors: [],
    };
  }
}
