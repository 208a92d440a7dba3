import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { Terms } from './terms.types.js';
import { Subject, Version } from './version.types.js';

@ObjectType({ description: 'A named level of service.' })
export class Tier implements views.Tier {
  @Field(() => ID)
  readonly key!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: 'A higher rank is a better service.' })
  readonly rank!: number;

  @Field(() => Version, { description: 'The version in force.' })
  readonly version!: views.Version;

  @Field(() => Terms)
  readonly terms!: views.Terms;

  @Field(() => [Version], { description: 'Approved versions that take over later.' })
  readonly scheduled!: readonly views.Version[];
}

@ObjectType({ description: 'Something in the matrix that looks like a mistake. It blocks nothing.' })
export class LintWarning implements views.LintWarning {
  @Field(() => String)
  readonly code!: string;

  @Field(() => String)
  readonly message!: string;

  @Field(() => String, { nullable: true })
  readonly tier!: string | null;

  @Field(() => String, { nullable: true })
  readonly priority!: string | null;
}

@ObjectType({ description: 'Every tier in force at an instant, as known at another.' })
export class Matrix implements views.Matrix {
  @Field(() => DateTimeScalar, { description: 'The instant asked about.' })
  readonly at!: string;

  @Field(() => DateTimeScalar, { description: 'The state of knowledge asked about.' })
  readonly knownAt!: string;

  @Field(() => PositionScalar, { description: 'How much of the log the answer reflects.' })
  readonly position!: string;

  @Field(() => [Tier])
  readonly tiers!: readonly views.Tier[];

  @Field(() => [LintWarning])
  readonly lint!: readonly views.LintWarning[];
}

@ObjectType({
  description: 'One difference between the matrix then and later. null: not promised, or no such tier.',
})
export class CommitmentDelta implements views.CommitmentDelta {
  @Field(() => String)
  readonly tier!: string;

  @Field(() => String, { nullable: true, description: 'null: the difference is of the whole tier.' })
  readonly priority!: string | null;

  @Field(() => String)
  readonly field!: string;

  @Field(() => String, { nullable: true })
  readonly before!: string | null;

  @Field(() => String, { nullable: true })
  readonly after!: string | null;

  @Field(() => ID, { description: 'The change that did it.' })
  readonly changeId!: string;
}

@ObjectType({ description: 'Every commitment that changed between two instants.' })
export class MatrixDiff implements views.MatrixDiff {
  @Field(() => DateTimeScalar)
  readonly from!: string;

  @Field(() => DateTimeScalar)
  readonly to!: string;

  @Field(() => [CommitmentDelta])
  readonly deltas!: readonly views.CommitmentDelta[];
}

@ObjectType({ description: 'An instant from which the matrix is another one.' })
export class TurningPoint implements views.TurningPoint {
  @Field(() => DateTimeScalar)
  readonly at!: string;

  @Field(() => [Subject], { description: 'The tiers and coverages that turn then.' })
  readonly subjects!: readonly views.Subject[];
}
