import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { Matrix } from './matrix.types.js';
import { Subject } from './version.types.js';

@ObjectType({ description: 'One thing that happened, or that was tried in vain.' })
export class AuditEntry implements views.AuditEntry {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => PositionScalar)
  readonly position!: string;

  @Field(() => DateTimeScalar)
  readonly recordedAt!: string;

  @Field(() => String)
  readonly actor!: string;

  @Field(() => [String], { description: 'The roles under which it was done.' })
  readonly roles!: readonly string[];

  @Field(() => String, { description: 'Name of the event, e.g. ChangeApproved.' })
  readonly type!: string;

  @Field(() => Subject, { nullable: true })
  readonly subject!: views.Subject | null;

  @Field(() => ID, { nullable: true })
  readonly changeId!: string | null;

  @Field(() => String, { nullable: true })
  readonly reason!: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The state that it replaces, or asks to replace.' })
  readonly before!: object | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The state that it makes, or asks for.' })
  readonly after!: object | null;

  @Field(() => ID, { description: 'What one request led to, here and in the log lines.' })
  readonly correlationId!: string;

  @Field(() => ID, { nullable: true })
  readonly causationId!: string | null;

  @Field(() => ID, { description: 'Events of one command share it.' })
  readonly commandId!: string;

  @Field(() => String, { nullable: true, description: 'graphql, rest, cli or worker.' })
  readonly via!: string | null;
}

@ObjectType({ description: 'A document that is served, and what the log makes of it. null: there is none.' })
export class ReplayDifference implements views.ReplayDifference {
  @Field(() => String)
  readonly readModel!: string;

  @Field(() => ID)
  readonly id!: string;

  @Field(() => JsonScalar, { nullable: true })
  readonly served!: object | null;

  @Field(() => JsonScalar, { nullable: true })
  readonly replayed!: object | null;
}

@ObjectType({ description: 'What was known at a point, rebuilt from the log alone.' })
export class AuditReplay implements views.AuditReplay {
  @Field(() => PositionScalar, { description: 'Of the last event of the organization that was replayed.' })
  readonly position!: string;

  @Field(() => Int, { description: 'Events of the organization that were replayed.' })
  readonly events!: number;

  @Field(() => Matrix, { description: 'The matrix as it bound and was known then.' })
  readonly matrix!: views.Matrix;

  @Field(() => String, {
    description: 'SHA-256 over all documents: the same history gives the same hash, on any machine.',
  })
  readonly stateHash!: string;

  @Field(() => [ReplayDifference], {
    description: 'Where what is served now is not what the log says. Only looked for at the present.',
  })
  readonly differences!: readonly views.ReplayDifference[];
}
