import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { WebhookStatusEnum } from './enums.js';

@ObjectType({ description: 'Why the next entry has not been delivered yet.' })
export class WebhookFailure implements views.WebhookFailure {
  @Field(() => Int, { description: 'At this entry, so far.' })
  readonly attempts!: number;

  @Field(() => String)
  readonly message!: string;

  @Field(() => DateTimeScalar)
  readonly failedAt!: string;

  @Field(() => DateTimeScalar)
  readonly nextAttemptAt!: string;
}

@ObjectType({ description: 'A receiver of the feed of approved changes.' })
export class Webhook implements views.Webhook {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String)
  readonly url!: string;

  @Field(() => String, { nullable: true })
  readonly description!: string | null;

  @Field(() => WebhookStatusEnum)
  readonly status!: views.Webhook['status'];

  @Field(() => PositionScalar, { description: 'Everything up to here is acknowledged or given up.' })
  readonly position!: string;

  @Field(() => DateTimeScalar)
  readonly createdAt!: string;

  @Field(() => String)
  readonly createdBy!: string;

  @Field(() => WebhookFailure, { nullable: true })
  readonly failure!: views.WebhookFailure | null;
}

@ObjectType({ description: 'An entry that was given up after the last attempt.' })
export class DeadLetter implements views.DeadLetter {
  @Field(() => PositionScalar, { description: 'Of the entry in the feed.' })
  readonly position!: string;

  @Field(() => Int)
  readonly attempts!: number;

  @Field(() => String, { description: 'What came of the last attempt.' })
  readonly message!: string;

  @Field(() => DateTimeScalar)
  readonly failedAt!: string;

  @Field(() => Boolean, { description: 'Somebody has asked for it to be sent again.' })
  readonly requested!: boolean;
}
