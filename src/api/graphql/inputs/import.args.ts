import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import type { RowOutcome } from '../../../domain/import/import.events.js';
import { RowOutcomeEnum } from '../types/enums.js';
import { ReadArgs } from './as-of.args.js';
import { Id, PageSize, Short } from './rules.js';

@ArgsType()
export class ImportArgs extends ReadArgs {
  @Field(() => ID)
  @Id()
  readonly id!: string;
}

/** The import has been read by then, so there is no `atLeast`. */
@ArgsType()
export class ImportRowsArgs {
  @Field(() => RowOutcomeEnum, { nullable: true, description: 'Only rows with this outcome.' })
  readonly outcome?: RowOutcome | null;

  @Field(() => Int, { nullable: true, description: 'Most entries, up to 200. Absent: 50.' })
  @PageSize()
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' })
  @Short()
  readonly after?: string | null;
}
