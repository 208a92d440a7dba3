import { Field, InputType } from '@nestjs/graphql';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { IdempotencyKey, InstantText, Prose } from './rules.js';

@InputType({ isAbstract: true })
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'A repeat with the same key answers as the first time and does nothing again.',
  })
  @IdempotencyKey()
  readonly idempotencyKey?: string | null;
}

@InputType({ isAbstract: true })
export abstract class ReasonedInput extends CommandInput {
  @Field(() => String, { nullable: true, description: 'Why; kept in the history for good.' })
  @Prose()
  readonly reason?: string | null;
}

@InputType({ isAbstract: true })
export abstract class ScheduledInput extends ReasonedInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it takes effect, an instant. Absent: with the approval.',
  })
  @InstantText()
  readonly effectiveFrom?: string | null;
}

@InputType({ isAbstract: true })
export abstract class TemporaryInput extends ScheduledInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a temporary concession ends, an instant, exclusive. Absent: it stays.',
  })
  @InstantText()
  readonly effectiveUntil?: string | null;
}
