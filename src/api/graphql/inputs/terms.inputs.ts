import { Field, Float, InputType } from '@nestjs/graphql';
import { SlaDurationScalar } from '../scalars/sla-duration.scalar.js';

@InputType({
  description: 'What is promised for one priority. A target left out, null or `N/A` is not promised.',
})
export class CommitmentInput {
  @Field(() => String)
  readonly priority!: string;

  @Field(() => SlaDurationScalar, { nullable: true, description: 'Until a person answers.' })
  readonly firstResponse?: string | null;

  @Field(() => SlaDurationScalar, { nullable: true, description: 'Between two updates.' })
  readonly nextUpdate?: string | null;

  @Field(() => SlaDurationScalar, { nullable: true, description: 'Until it is resolved.' })
  readonly resolution?: string | null;

  @Field(() => String, { description: 'Key of the coverage whose clock counts.' })
  readonly coverage!: string;
}

@InputType()
export class ChannelPromiseInput {
  @Field(() => String)
  readonly channel!: string;

  @Field(() => [String], { nullable: true, description: 'Only for these priorities. Absent: for all.' })
  readonly priorities?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Open only inside this coverage.' })
  readonly coverage?: string | null;
}

@InputType({ description: 'What a breach gives back, in percent of the monthly fee.' })
export class CreditRuleInput {
  @Field(() => Float)
  readonly percentPerBreach!: number;

  @Field(() => Float, { description: 'Most that one calendar month gives back.' })
  readonly monthlyCapPercent!: number;
}

@InputType({ description: 'What a tier or a contract promises.' })
export class TermsInput {
  @Field(() => [CommitmentInput], { description: 'One for each priority.' })
  readonly commitments!: readonly CommitmentInput[];

  @Field(() => [ChannelPromiseInput], { defaultValue: [] })
  readonly channels!: readonly ChannelPromiseInput[];

  @Field(() => Float, { nullable: true })
  readonly uptimePercent?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of tickets that must meet their target, a month.',
  })
  readonly achievementPercent?: number | null;

  @Field(() => CreditRuleInput, { nullable: true })
  readonly credits?: CreditRuleInput | null;

  @Field(() => [String], { defaultValue: [], description: 'Dedicated CSM, quarterly review, …' })
  readonly features!: readonly string[];

  @Field(() => String, { nullable: true })
  readonly notes?: string | null;
}
