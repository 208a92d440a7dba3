import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import type { ChangeStatus } from '../../../domain/change/change-status.js';
import type { ChangeKind } from '../../../domain/change/content.js';
import { ChangeKindEnum, ChangeStatusEnum } from '../types/enums.js';
import { PageArgs, ReadArgs } from './as-of.args.js';
import { SubjectInput } from './matrix.args.js';
import { Id, Short } from './rules.js';
import { NestedInput } from './validate-input.js';

@ArgsType()
export class ChangeArgs extends ReadArgs {
  @Field(() => ID)
  @Id()
  readonly id!: string;
}

@InputType({ description: 'Every condition given has to hold.' })
export class ChangeFilter {
  @Field(() => ChangeStatusEnum, { nullable: true })
  readonly status?: ChangeStatus | null;

  @Field(() => ChangeKindEnum, { nullable: true })
  readonly kind?: ChangeKind | null;

  @Field(() => String, { nullable: true })
  @Short()
  readonly proposedBy?: string | null;

  @Field(() => SubjectInput, { nullable: true })
  @NestedInput(() => SubjectInput)
  readonly subject?: SubjectInput | null;

  @Field(() => Boolean, { nullable: true, description: 'Open, and your approval would count.' })
  readonly awaitingMe?: boolean | null;
}

@ArgsType()
export class ChangesArgs extends PageArgs {
  @Field(() => ChangeFilter, { nullable: true })
  @NestedInput(() => ChangeFilter)
  readonly filter?: ChangeFilter | null;
}
