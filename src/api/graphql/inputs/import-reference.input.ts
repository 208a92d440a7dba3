import { Field, InputType } from '@nestjs/graphql';
import { JsonScalar } from '../scalars/json.scalar.js';
import { CommandInput } from './command.inputs.js';
import { Short } from './rules.js';

const MAX_URL = 2_000;
/** Larger sheets are streamed to `POST /v1/import/reference`. */
const MAX_CSV = 10_000_000;

@InputType({ description: 'A sheet, given as text or by its address.' })
export class ImportReferenceInput extends CommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'The sheet itself. Large ones: `POST /v1/import/reference`.',
  })
  @Short(MAX_CSV)
  readonly csv?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of a published sheet.' })
  @Short(MAX_URL)
  readonly url?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'How to read the columns. Absent: guessed, and shown.',
  })
  readonly columns?: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      'How dates are written that could be read in two ways: `day-first`, `month-first` or `year-first`.',
  })
  @Short()
  readonly dateOrder?: string | null;
}
