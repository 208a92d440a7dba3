import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ImportStatus } from '../../../application/read-models/imports.read-model.js';
import type { ExceptionKind } from '../../../domain/binding/exception-kind.js';
import type { RowOutcome } from '../../../domain/import/import.events.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { Change } from './change.types.js';
import { ExceptionKindEnum, ImportStatusEnum, RowOutcomeEnum } from './enums.js';

@ObjectType({ description: 'One row of a sheet, and what approving the import does with it.' })
export class ImportRow implements views.ImportRow {
  @Field(() => Int, { description: 'Counts data records from 1; headings do not count.' })
  readonly record!: number;

  @Field(() => RowOutcomeEnum)
  readonly outcome!: RowOutcome;

  @Field(() => ID, { nullable: true })
  readonly customerId!: string | null;

  @Field(() => ID, { nullable: true })
  readonly contractId!: string | null;

  @Field(() => String, { nullable: true, description: 'The field at fault.' })
  readonly field!: string | null;

  @Field(() => String, { nullable: true, description: 'What is wrong with it, and how to mend it.' })
  readonly message!: string | null;

  @Field(() => Int, { nullable: true, description: 'The record that said it first.' })
  readonly duplicateOf!: number | null;

  @Field(() => ExceptionKindEnum, { nullable: true, description: 'The exception that applying it opens.' })
  readonly exception!: ExceptionKind | null;
}

@ObjectType({
  description:
    'A sheet on its way into the matrix: previewed as a diff, approved as one, applied row by row.',
})
export class Import implements views.Import {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => Change, { description: 'What there is to approve.' })
  readonly change!: views.Change;

  @Field(() => ImportStatusEnum)
  readonly status!: ImportStatus;

  @Field(() => JsonScalar, { description: 'How the columns are read: field by heading.' })
  readonly columns!: Readonly<Record<string, string>>;

  @Field(() => Int, { description: 'Records read.' })
  readonly total!: number;

  @Field(() => Int, { description: 'Records dealt with since the approval.' })
  readonly applied!: number;

  @Field(() => Int, {
    description: 'Of these, left alone because their facts had changed since the analysis.',
  })
  readonly skipped!: number;

  @Field(() => JsonScalar, { description: 'Records by outcome.' })
  readonly counts!: Readonly<Partial<Record<RowOutcome, number>>>;

  @Field(() => String, { nullable: true, description: 'Why the sheet could not be read to its end.' })
  readonly failure!: string | null;
}
