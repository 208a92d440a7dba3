import { ArgsType, Field } from '@nestjs/graphql';
import { PositionScalar } from '../scalars/position.scalar.js';

@ArgsType()
export class ApprovedChangesArgs {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Go on after this position, as an earlier answer gave it. Absent: from now on.',
  })
  readonly after?: string | null;
}
