import { Field, ID, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PromiseSourceEnum } from './enums.js';
import { Commitment, Terms } from './terms.types.js';
import { Version } from './version.types.js';

@ObjectType({ description: 'A coverage at one instant.' })
export class CoverageState implements views.CoverageState {
  @Field(() => String)
  readonly key!: string;

  @Field(() => Boolean, { description: 'Whether its clock counts at that instant.' })
  readonly open!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it opens or closes next. null: never.' })
  readonly nextChangeAt!: string | null;

  @Field(() => String)
  readonly timeZone!: string;
}

@ObjectType({ description: 'A channel at one instant.' })
export class ChannelState implements views.ChannelState {
  @Field(() => String)
  readonly channel!: string;

  @Field(() => Boolean, {
    description: 'Whether the terms promise it, for the priority where one was given.',
  })
  readonly promised!: boolean;

  @Field(() => Boolean, { description: 'Whether it is promised and its coverage is open at that instant.' })
  readonly openNow!: boolean;
}

@ObjectType({ description: 'The terms in force for a customer at an instant, and how they came to be.' })
export class BindingSla implements views.BindingSla {
  readonly type!: 'BindingSla';

  @Field(() => ID, { nullable: true })
  readonly customerId!: string | null;

  @Field(() => ID, { nullable: true })
  readonly contractId!: string | null;

  @Field(() => String)
  readonly tier!: string;

  @Field(() => PromiseSourceEnum)
  readonly source!: views.PromiseSource;

  @Field(() => Terms)
  readonly terms!: views.Terms;

  @Field(() => Commitment, { nullable: true, description: 'When a priority was given.' })
  readonly commitment!: views.Commitment | null;

  @Field(() => CoverageState, { nullable: true, description: 'Of that commitment, at that instant.' })
  readonly coverage!: views.CoverageState | null;

  @Field(() => ChannelState, { nullable: true, description: 'When a channel was given.' })
  readonly channel!: views.ChannelState | null;

  @Field(() => Version, { description: 'The approved version that the terms come from.' })
  readonly version!: views.Version;

  @Field(() => DateTimeScalar, { description: 'The instant asked about.' })
  readonly at!: string;

  @Field(() => DateTimeScalar, { description: 'The state of knowledge asked about.' })
  readonly knownAt!: string;

  @Field(() => [String], { description: 'The steps that led here, in order and in words.' })
  readonly explanation!: readonly string[];
}
