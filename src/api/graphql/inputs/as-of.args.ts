import { ArgsType, Field, Int } from '@nestjs/graphql';
import { DEFAULT_PAGE } from '../../../application/queries/page.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { PageSize, Short } from './rules.js';

const MAX_CURSOR = 4_096;

/** What every read can ask for: not before the log has been reflected up to here. */
@ArgsType()
export abstract class ReadArgs {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Waits until the answer reflects the log up to here: reads your own writes.',
  })
  readonly atLeast?: string | null;
}

@ArgsType()
export abstract class AsOfArgs extends ReadArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'What was in force then. Absent: now.' })
  readonly at?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known then. Absent: as known now.' })
  readonly knownAt?: string | null;
}

@ArgsType()
export abstract class PageArgs extends ReadArgs {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: 'Most entries, up to 200.' })
  @PageSize()
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' })
  @Short(MAX_CURSOR)
  readonly after?: string | null;
}
