import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { JsonScalar } from '../scalars/json.scalar.js';
import { CommandInput, ReasonedInput, TemporaryInput } from './command.inputs.js';
import { Id, Prose } from './rules.js';

@InputType()
export class DecideChangeInput extends CommandInput {
  @Field(() => ID)
  @Id()
  readonly changeId!: string;

  @Field(() => Int, {
    description: 'The revision that was read; what has since been revised is refused as STALE.',
  })
  readonly revision!: number;

  @Field(() => String, { nullable: true })
  @Prose()
  readonly comment?: string | null;
}

@InputType()
export class RejectChangeInput extends CommandInput {
  @Field(() => ID)
  @Id()
  readonly changeId!: string;

  @Field(() => Int, {
    description: 'The revision that was read; what has since been revised is refused as STALE.',
  })
  readonly revision!: number;

  @Field(() => String)
  @Prose()
  readonly reason!: string;
}

@InputType()
export class ReviseChangeInput extends TemporaryInput {
  @Field(() => ID)
  @Id()
  readonly changeId!: string;

  @Field(() => JsonScalar, { description: 'Whole, in the shape of `Change.content`.' })
  readonly content!: unknown;
}

@InputType()
export class WithdrawChangeInput extends ReasonedInput {
  @Field(() => ID)
  @Id()
  readonly changeId!: string;
}

@InputType()
export class CommentOnChangeInput extends CommandInput {
  @Field(() => ID)
  @Id()
  readonly changeId!: string;

  @Field(() => String)
  @Prose()
  readonly text!: string;
}
