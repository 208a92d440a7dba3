import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { ChangeKind } from '../../../domain/change/content.js';
import { DateScalar } from '../scalars/date.scalar.js';
import { SlaDurationScalar } from '../scalars/sla-duration.scalar.js';
import { ChangeKindEnum } from '../types/enums.js';
import { ReasonedInput, ScheduledInput } from './command.inputs.js';

@InputType({ description: 'One opening of a week. An end that is not after the start lies on the next day.' })
export class WeeklyWindowInput {
  @Field(() => Int, { description: 'ISO: 1 is Monday, 7 is Sunday.' })
  readonly day!: number;

  @Field(() => String, { description: '`09:00`' })
  readonly start!: string;

  @Field(() => String, { description: '`17:00`; `24:00` is the end of the day.' })
  readonly end!: string;
}

@InputType()
export class ProposeCoverageInput extends ScheduledInput {
  @Field(() => ID)
  readonly key!: string;

  @Field(() => String, { description: 'IANA name: `Europe/Berlin`.' })
  readonly timeZone!: string;

  @Field(() => [WeeklyWindowInput])
  readonly windows!: readonly WeeklyWindowInput[];

  @Field(() => [DateScalar], { nullable: true, description: 'Closed days.' })
  readonly holidays?: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Country or region whose public holidays are closed days: `DE`, `DE-BY`.',
  })
  readonly publicHolidays?: string | null;

  @Field(() => SlaDurationScalar, { nullable: true, description: 'What a promised day counts: `8h`.' })
  readonly dayLength?: string | null;
}

@InputType({
  description:
    'How many people approve changes of this kind, or about this tier. The most that matches counts.',
})
export class ApprovalRuleInput {
  @Field(() => ChangeKindEnum, { nullable: true })
  readonly kind?: ChangeKind | null;

  @Field(() => ID, { nullable: true })
  readonly tier?: string | null;

  @Field(() => Int)
  readonly approvals!: number;
}

@InputType()
export class ProposeApprovalPolicyInput extends ReasonedInput {
  @Field(() => Int, { description: 'How many distinct people approve where no rule matches.' })
  readonly defaultApprovals!: number;

  @Field(() => [ApprovalRuleInput], { defaultValue: [] })
  readonly rules!: readonly ApprovalRuleInput[];

  @Field(() => Boolean)
  readonly allowSelfApproval!: boolean;

  @Field(() => Boolean)
  readonly allowBackdating!: boolean;

  @Field(() => Boolean, { description: 'Every proposal needs a reason.' })
  readonly requireReason!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Days after which an open proposal lapses. Absent: never.',
  })
  readonly expireAfterDays?: number | null;
}
