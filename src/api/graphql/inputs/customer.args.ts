import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import type { ExceptionStatus } from '../../../application/queries/views.js';
import { DateScalar } from '../scalars/date.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { ExceptionKindEnum, ExceptionStatusEnum } from '../types/enums.js';
import { AsOfArgs, PageArgs } from './as-of.args.js';
import { DerivedId, Id, IdempotencyKey, Prose, Short } from './rules.js';
import { NestedInput } from './validate-input.js';

@ArgsType()
export class CustomerArgs extends AsOfArgs {
  @Field(() => ID)
  @Id()
  readonly id!: string;
}

@InputType({ description: 'Every condition given has to hold.' })
export class CustomerFilter {
  @Field(() => ID, { nullable: true, description: 'Mapped to this tier.' })
  @Id()
  readonly tier?: string | null;

  @Field(() => String, { nullable: true, description: 'Beginning of the ID or the name.' })
  @Short()
  readonly search?: string | null;

  @Field(() => Boolean, { nullable: true })
  readonly withException?: boolean | null;
}

@ArgsType()
export class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilter, { nullable: true })
  @NestedInput(() => CustomerFilter)
  readonly filter?: CustomerFilter | null;
}

@InputType({ description: 'Every condition given has to hold.' })
export class ExceptionFilter {
  @Field(() => ExceptionKindEnum, { nullable: true })
  readonly kind?: ExceptionKind | null;

  @Field(() => ExceptionStatusEnum, { nullable: true })
  readonly status?: ExceptionStatus | null;

  @Field(() => ID, { nullable: true })
  @Id()
  readonly customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Mapped or contracted to this tier.' })
  @Id()
  readonly tier?: string | null;
}

@ArgsType()
export class ExceptionsArgs extends PageArgs {
  @Field(() => ExceptionFilter, { nullable: true })
  @NestedInput(() => ExceptionFilter)
  readonly filter?: ExceptionFilter | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Open then. Absent: now.' })
  readonly at?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known then. Absent: as known now.' })
  readonly knownAt?: string | null;
}

@ArgsType()
export class AcknowledgeExceptionArgs {
  @Field(() => ID)
  @DerivedId()
  readonly exceptionId!: string;

  @Field(() => String)
  @Prose()
  readonly note!: string;

  @Field(() => String, { nullable: true, description: 'Who sees to it.' })
  @Short()
  readonly owner?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'By when it is to be seen to.' })
  readonly dueOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A repeat with the same key answers as the first time and does nothing again.',
  })
  @IdempotencyKey()
  readonly idempotencyKey?: string | null;
}
