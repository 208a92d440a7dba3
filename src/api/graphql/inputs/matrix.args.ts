import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { SubjectKind } from '../../../domain/change/content.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { SubjectKindEnum } from '../types/enums.js';
import { AsOfArgs, PageArgs, ReadArgs } from './as-of.args.js';
import { Id } from './rules.js';
import { NestedInput } from './validate-input.js';

@InputType({ description: 'What a change or a version is about.' })
export class SubjectInput {
  @Field(() => SubjectKindEnum)
  readonly kind!: SubjectKind;

  @Field(() => ID)
  @Id()
  readonly id!: string;
}

@ArgsType()
export class MatrixArgs extends AsOfArgs {}

@ArgsType()
export class MatrixDiffArgs {
  @Field(() => DateTimeScalar)
  readonly from!: string;

  @Field(() => DateTimeScalar)
  readonly to!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known then. Absent: as known now.' })
  readonly knownAt?: string | null;
}

@ArgsType()
export class TurningPointsArgs extends ReadArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known then. Absent: as known now.' })
  readonly knownAt?: string | null;
}

@ArgsType()
export class HistoryArgs extends PageArgs {
  @Field(() => SubjectInput)
  @NestedInput(() => SubjectInput)
  readonly subject!: SubjectInput;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The version recorded last comes first.',
  })
  readonly newestFirst?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Begin with the version of this number.' })
  readonly from?: number | null;
}
