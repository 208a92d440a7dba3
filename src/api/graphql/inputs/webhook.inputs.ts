import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { PositionScalar } from '../scalars/position.scalar.js';
import { ReadArgs } from './as-of.args.js';
import { CommandInput } from './command.inputs.js';
import { Id, PageSize, Short } from './rules.js';

const MAX_URL = 2_048;

@InputType()
export class CreateWebhookInput extends CommandInput {
  @Field(() => String, { description: 'Begins with https:// and leads to the public internet.' })
  @Short(MAX_URL)
  readonly url!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  @Short()
  readonly description?: string | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Begin with the first entry after this position. Absent: with what is approved from now on.',
  })
  readonly after?: string | null;
}

@InputType()
export class WebhookInput extends CommandInput {
  @Field(() => ID)
  @Id()
  readonly webhookId!: string;
}

@InputType()
export class RedeliverInput extends WebhookInput {
  @Field(() => [PositionScalar], {
    nullable: true,
    description: 'Of the dead letters, up to 500. Absent: all of them.',
  })
  readonly positions?: readonly string[] | null;
}

@ArgsType()
export class WebhooksArgs extends ReadArgs {}

/** The webhook has been read by then, so there is no `atLeast`. */
@ArgsType()
export class DeadLettersArgs {
  @Field(() => Int, { nullable: true, description: 'Most entries, up to 200. Absent: 50.' })
  @PageSize()
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' })
  @Short()
  readonly after?: string | null;
}
