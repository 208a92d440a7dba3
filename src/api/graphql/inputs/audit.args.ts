import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { PageArgs } from './as-of.args.js';
import { SubjectInput } from './matrix.args.js';
import { Id, Short } from './rules.js';
import { NestedInput } from './validate-input.js';

@InputType({ description: 'Every condition given has to hold.' })
export class AuditFilter {
  @Field(() => String, { nullable: true })
  @Short()
  readonly actor?: string | null;

  @Field(() => SubjectInput, { nullable: true })
  @NestedInput(() => SubjectInput)
  readonly subject?: SubjectInput | null;

  @Field(() => String, { nullable: true, description: 'Name of an event, e.g. ChangeApproved.' })
  @Short()
  readonly type?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded then or later.' })
  readonly from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded before; a date: by its end.' })
  readonly to?: string | null;

  @Field(() => ID, { nullable: true })
  @Id()
  readonly changeId?: string | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditFilter, { nullable: true })
  @NestedInput(() => AuditFilter)
  readonly filter?: AuditFilter | null;
}

@ArgsType()
export class AuditReplayArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'What was known then. Absent: now.' })
  readonly at?: string | null;

  @Field(() => PositionScalar, { nullable: true, description: 'Or what was known at this position.' })
  readonly position?: string | null;
}
