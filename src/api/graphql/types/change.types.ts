import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ChangeStatus } from '../../../domain/change/change-status.js';
import type { ChangeContent, ChangeKind } from '../../../domain/change/content.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { ChangeKindEnum, ChangeStatusEnum } from './enums.js';
import { LintWarning } from './matrix.types.js';
import { Subject, Version } from './version.types.js';

@ObjectType({ description: 'One field that the change sets to something else. null: it has no value there.' })
export class FieldDelta implements views.FieldDelta {
  @Field(() => String, { description: 'Where the field lies in the content.' })
  readonly path!: string;

  @Field(() => String, { nullable: true })
  readonly before!: string | null;

  @Field(() => String, { nullable: true })
  readonly after!: string | null;
}

@ObjectType({ description: 'One step in the life of a change.' })
export class ChangeEntry implements views.ChangeEntry {
  @Field(() => String, {
    description: 'PROPOSED, REVISED, APPROVAL, APPROVED, REJECTED, WITHDRAWN, EXPIRED or COMMENT.',
  })
  readonly kind!: views.ChangeEntry['kind'];

  @Field(() => String)
  readonly actor!: string;

  @Field(() => DateTimeScalar)
  readonly at!: string;

  @Field(() => String, { nullable: true, description: 'The reason or comment given.' })
  readonly text!: string | null;

  @Field(() => Int)
  readonly revision!: number;
}

@ObjectType({ description: 'A proposal and what became of it. Nothing of it is live until it is approved.' })
export class Change implements views.Change {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => ChangeKindEnum)
  readonly kind!: ChangeKind;

  @Field(() => ChangeStatusEnum)
  readonly status!: ChangeStatus;

  @Field(() => Subject)
  readonly subject!: views.Subject;

  @Field(() => Int, { description: 'Grows with every revision; an approval is of one exact revision.' })
  readonly revision!: number;

  @Field(() => String)
  readonly proposedBy!: string;

  @Field(() => DateTimeScalar)
  readonly proposedAt!: string;

  @Field(() => String, { nullable: true })
  readonly reason!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'null: from approval.' })
  readonly effectiveFrom!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'A temporary concession ends by itself.' })
  readonly effectiveUntil!: string | null;

  @Field(() => Int, { nullable: true, description: 'The version it was made against. null: the first.' })
  readonly baseVersion!: number | null;

  @Field(() => Boolean, { description: 'The subject has gained a version since; revise before approving.' })
  readonly stale!: boolean;

  @Field(() => JsonScalar, {
    description:
      "The propose input's own fields, less effectiveFrom, effectiveUntil, reason and idempotencyKey.",
  })
  readonly content!: ChangeContent;

  @Field(() => [FieldDelta], { description: 'Against what is in force now.' })
  readonly diff!: readonly views.FieldDelta[];

  @Field(() => [LintWarning], { description: 'What looks like a mistake beside the rest of the matrix.' })
  readonly lint!: readonly views.LintWarning[];

  @Field(() => [Version], {
    description:
      'Known versions that will follow or interrupt it, in order of time. Empty once it is decided.',
  })
  readonly followedBy!: readonly views.Version[];

  @Field(() => [String], { description: 'Who has approved the current revision.' })
  readonly approvals!: readonly string[];

  @Field(() => Int, { description: 'How many distinct people have to approve.' })
  readonly approvalsNeeded!: number;

  @Field(() => [ChangeEntry])
  readonly timeline!: readonly views.ChangeEntry[];

  @Field(() => DateTimeScalar, { nullable: true })
  readonly decidedAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it lapses if nobody decides. null: never.',
  })
  readonly expiresAt!: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of the version it became.' })
  readonly versionNumber!: number | null;
}

@ObjectType({
  description:
    'One per approved version, in log order; without `after` the feed starts now. `position` is the place to resume after.',
})
export class ApprovedChange implements views.ApprovedChange {
  @Field(() => PositionScalar)
  readonly position!: string;

  @Field(() => Change)
  readonly change!: views.Change;

  @Field(() => Version)
  readonly version!: views.Version;
}
