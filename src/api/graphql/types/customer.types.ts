import { Field, ID, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import { DateScalar } from '../scalars/date.scalar.js';
import { SlaException } from './sla-exception.types.js';
import { Terms } from './terms.types.js';
import { Version } from './version.types.js';

@ObjectType({ description: "A customer's agreement." })
export class Contract implements views.Contract {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => ID)
  readonly customerId!: string;

  @Field(() => String)
  readonly tier!: string;

  @Field(() => DateScalar, { description: "Binds from 00:00 of this day, in the contract's time zone." })
  readonly startsOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Binds to the end of this day. null: open.' })
  readonly endsOn!: string | null;

  @Field(() => Terms, { nullable: true, description: "Its own terms, instead of the tier's." })
  readonly overrides!: views.Terms | null;

  @Field(() => String, { nullable: true, description: 'Decimal text, in `currency`.' })
  readonly annualValue!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217.' })
  readonly currency!: string | null;

  @Field(() => Boolean, { description: 'Whether breaches give credits.' })
  readonly creditsEnabled!: boolean;

  @Field(() => String, { nullable: true })
  readonly csmEmail!: string | null;

  @Field(() => Version)
  readonly version!: views.Version;
}

@ObjectType({ description: 'Somebody to whom something is promised.' })
export class Customer implements views.Customer {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { nullable: true })
  readonly name!: string | null;

  @Field(() => String, { nullable: true, description: 'The tier the customer is treated as.' })
  readonly mappedTier!: string | null;

  @Field(() => [Contract])
  readonly contracts!: readonly views.Contract[];

  @Field(() => [SlaException], { description: 'What contradicts at that instant.' })
  readonly exceptions!: readonly views.SlaException[];
}
