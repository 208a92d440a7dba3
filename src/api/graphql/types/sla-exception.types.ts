import { Field, ID, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import { DateScalar } from '../scalars/date.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { ExceptionKindEnum, ExceptionStatusEnum, PromiseSourceEnum } from './enums.js';
import { Terms } from './terms.types.js';
import { Version } from './version.types.js';

@ObjectType({ description: 'One of the promises that contradict one another.' })
export class CandidatePromise implements views.CandidatePromise {
  @Field(() => PromiseSourceEnum)
  readonly source!: views.PromiseSource;

  @Field(() => String)
  readonly tier!: string;

  @Field(() => Terms, { nullable: true, description: 'null: the tier is not in force.' })
  readonly terms!: views.Terms | null;

  @Field(() => Version, { nullable: true })
  readonly version!: views.Version | null;
}

@ObjectType({
  description:
    'Facts that contradict one another, so that no single promise can be named honestly. Derived, never typed in.',
})
export class SlaException implements views.SlaException {
  readonly type!: 'SlaException';

  @Field(() => ID)
  readonly id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The exception of this kind that the customer had before. null: it is the first.',
  })
  readonly previousId!: string | null;

  @Field(() => ExceptionKindEnum)
  readonly kind!: ExceptionKind;

  @Field(() => ExceptionStatusEnum)
  readonly status!: views.ExceptionStatus;

  @Field(() => ID, { nullable: true })
  readonly customerId!: string | null;

  @Field(() => ID, { nullable: true })
  readonly contractId!: string | null;

  @Field(() => String, { nullable: true, description: 'The tier the customer is treated as.' })
  readonly mappedTier!: string | null;

  @Field(() => String, { nullable: true, description: 'The tier of the active contract.' })
  readonly contractTier!: string | null;

  @Field(() => [CandidatePromise], { description: 'The promises that contradict one another, side by side.' })
  readonly candidates!: readonly views.CandidatePromise[];

  @Field(() => DateTimeScalar)
  readonly since!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the known facts agree again. null: not in sight.',
  })
  readonly until!: string | null;

  @Field(() => String, { nullable: true })
  readonly acknowledgedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'What was noted with the acknowledgement.' })
  readonly note!: string | null;

  @Field(() => String, { nullable: true, description: 'Who sees to it.' })
  readonly owner!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'By when it is to be seen to.' })
  readonly dueOn!: string | null;

  @Field(() => String, { description: 'What would resolve it, in words.' })
  readonly resolution!: string;

  @Field(() => [String], { description: 'The steps that led here, in order and in words.' })
  readonly explanation!: readonly string[];
}
