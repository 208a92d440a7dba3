import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ScheduledInput, TemporaryInput } from './command.inputs.js';
import { TermsInput } from './terms.inputs.js';

@InputType()
export class ProposeTierTermsInput extends TemporaryInput {
  @Field(() => ID)
  readonly key!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: 'A higher rank is a better service.' })
  readonly rank!: number;

  @Field(() => TermsInput)
  readonly terms!: TermsInput;
}

@InputType()
export class ProposeTierRetirementInput extends ScheduledInput {
  @Field(() => ID)
  readonly key!: string;
}
