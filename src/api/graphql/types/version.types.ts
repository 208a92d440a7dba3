import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ChangeContent, SubjectKind } from '../../../domain/change/content.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { SubjectKindEnum } from './enums.js';
import { Terms } from './terms.types.js';

@ObjectType({ description: 'A stretch of time, `from` inclusive, `to` exclusive. `to` null: open.' })
export class Period implements views.Period {
  @Field(() => DateTimeScalar)
  readonly from!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  readonly to!: string | null;
}

@ObjectType({ description: "What a change is about. A waiver's subject is its customer." })
export class Subject implements views.Subject {
  @Field(() => SubjectKindEnum)
  readonly kind!: SubjectKind;

  @Field(() => ID)
  readonly id!: string;
}

@ObjectType({ description: 'One approved state of a subject, on both time axes.' })
export class Version implements views.Version {
  @Field(() => Int, { description: 'Counts from 1 within the subject, in the order of approval.' })
  readonly number!: number;

  @Field(() => Subject)
  readonly subject!: views.Subject;

  @Field(() => DateTimeScalar, { description: 'When it begins to bind.' })
  readonly effectiveFrom!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'End of its first period; null: open.' })
  readonly effectiveTo!: string | null;

  @Field(() => [Period], {
    description: 'When it binds, half open; more than one where a temporary version interrupts it.',
  })
  readonly periods!: readonly views.Period[];

  @Field(() => DateTimeScalar, { description: 'When the log learned it.' })
  readonly recordedAt!: string;

  @Field(() => PositionScalar)
  readonly position!: string;

  @Field(() => ID, { description: 'The change that made it.' })
  readonly changeId!: string;

  @Field(() => String)
  readonly proposedBy!: string;

  @Field(() => [String])
  readonly approvedBy!: readonly string[];

  @Field(() => String, { nullable: true })
  readonly reason!: string | null;

  @Field(() => Boolean, { description: 'It took effect before it was approved.' })
  readonly backdated!: boolean;

  @Field(() => Boolean, { description: 'Its proposer approved it, as the policy then allowed.' })
  readonly selfApproved!: boolean;

  @Field(() => Terms, { nullable: true, description: 'Of tiers, and of contracts that override them.' })
  readonly terms!: views.Terms | null;

  @Field(() => JsonScalar, { description: 'The whole approved content, of any kind.' })
  readonly content!: ChangeContent;
}
