import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { Id, Short } from './rules.js';
import { NestedInput, NestedInputs } from './validate-input.js';

const MAX_LOOKUPS = 100;

@InputType({ description: 'Exactly one of `customerId`, `contractId` and `ticketId`.' })
export class LookupInput {
  @Field(() => ID, { nullable: true })
  @Id()
  readonly customerId?: string | null;

  @Field(() => ID, { nullable: true })
  @Id()
  readonly contractId?: string | null;

  @Field(() => ID, { nullable: true })
  @Id()
  readonly ticketId?: string | null;

  @Field(() => String, { nullable: true, description: 'Answers with the commitment for it.' })
  @Short()
  readonly priority?: string | null;

  @Field(() => String, { nullable: true, description: 'Answers whether it is promised and open.' })
  @Short()
  readonly channel?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'What was in force then. Absent: now.' })
  readonly at?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known then. Absent: as known now.' })
  readonly knownAt?: string | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Waits until the answer reflects the log up to here: reads your own writes.',
  })
  readonly atLeast?: string | null;
}

@ArgsType()
export class LookupArgs {
  @Field(() => LookupInput)
  @NestedInput(() => LookupInput)
  readonly input!: LookupInput;
}

@ArgsType()
export class LookupManyArgs {
  @Field(() => [LookupInput], { description: `At most ${MAX_LOOKUPS}.` })
  @NestedInputs(() => LookupInput, MAX_LOOKUPS)
  readonly inputs!: readonly LookupInput[];
}
