import { Field, Float, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { SlaDurationScalar } from '../scalars/sla-duration.scalar.js';

@ObjectType({ description: 'What is promised for one priority. A target that is null is not promised.' })
export class Commitment implements views.Commitment {
  @Field(() => String)
  readonly priority!: string;

  @Field(() => SlaDurationScalar, {
    nullable: true,
    description: 'Until a person answers. null: not promised.',
  })
  readonly firstResponse!: string | null;

  @Field(() => SlaDurationScalar, { nullable: true, description: 'Between two updates. null: not promised.' })
  readonly nextUpdate!: string | null;

  @Field(() => SlaDurationScalar, {
    nullable: true,
    description: 'Until it is resolved. null: not promised.',
  })
  readonly resolution!: string | null;

  @Field(() => String, { description: 'Key of the coverage whose clock counts.' })
  readonly coverage!: string;
}

@ObjectType({ description: 'A channel that customers may use.' })
export class ChannelPromise implements views.ChannelPromise {
  @Field(() => String)
  readonly channel!: string;

  @Field(() => [String], { nullable: true, description: 'Only for these priorities. null: for all.' })
  readonly priorities?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Open only inside this coverage.' })
  readonly coverage?: string | null;
}

@ObjectType({ description: 'What a breach gives back, in percent of the monthly fee.' })
export class CreditRule implements views.CreditRule {
  @Field(() => Float)
  readonly percentPerBreach!: number;

  @Field(() => Float, { description: 'Most that one calendar month gives back.' })
  readonly monthlyCapPercent!: number;
}

@ObjectType({ description: 'What a tier or a contract promises.' })
export class Terms implements views.Terms {
  @Field(() => [Commitment], { description: 'One for each priority.' })
  readonly commitments!: readonly views.Commitment[];

  @Field(() => [ChannelPromise])
  readonly channels!: readonly views.ChannelPromise[];

  @Field(() => Float, { nullable: true })
  readonly uptimePercent?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of tickets that must meet their target, a month.',
  })
  readonly achievementPercent?: number | null;

  @Field(() => CreditRule, { nullable: true })
  readonly credits?: views.CreditRule | null;

  @Field(() => [String], { description: 'Dedicated CSM, quarterly review, …' })
  readonly features!: readonly string[];

  @Field(() => String, { nullable: true })
  readonly notes?: string | null;
}
