import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { WaiverContent } from '../../../domain/change/content.js';
import { DateScalar } from '../scalars/date.scalar.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { WaiverSideEnum } from '../types/enums.js';
import { CommandInput, ScheduledInput, TemporaryInput } from './command.inputs.js';
import { DerivedId, InstantText, Prose } from './rules.js';
import { TermsInput } from './terms.inputs.js';

@InputType()
export class RemapCustomerInput extends TemporaryInput {
  @Field(() => ID)
  readonly customerId!: string;

  @Field(() => String, { nullable: true })
  readonly customerName?: string | null;

  @Field(() => ID)
  readonly toTier!: string;
}

@InputType()
export class ProposeContractInput extends ScheduledInput {
  @Field(() => ID)
  readonly contractId!: string;

  @Field(() => ID)
  readonly customerId!: string;

  @Field(() => ID)
  readonly tier!: string;

  @Field(() => DateScalar, { description: "Binds from 00:00 of this day, in the contract's time zone." })
  readonly startsOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Binds to the end of this day. Absent: open.' })
  readonly endsOn?: string | null;

  @Field(() => String, { nullable: true, description: "IANA name. Absent: the organization's zone." })
  readonly timeZone?: string | null;

  @Field(() => TermsInput, { nullable: true, description: "Its own terms, instead of the tier's." })
  readonly overrides?: TermsInput | null;

  @Field(() => Boolean, { nullable: true, description: 'The one that counts where several are active.' })
  readonly primary?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Decimal text, in `currency`.' })
  readonly annualValue?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217.' })
  readonly currency?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether breaches give credits.' })
  readonly creditsEnabled?: boolean | null;

  @Field(() => String, { nullable: true })
  readonly csmEmail?: string | null;

  @Field(() => Int, { nullable: true })
  readonly seats?: number | null;
}

@InputType()
export class ProposeWaiverInput extends CommandInput {
  @Field(() => ID)
  @DerivedId()
  readonly exceptionId!: string;

  @Field(() => WaiverSideEnum)
  readonly binds!: WaiverContent['binds'];

  @Field(() => DateTimeScalar, { description: 'When the waiver ends, an instant, exclusive.' })
  @InstantText()
  readonly until!: string;

  @Field(() => String)
  @Prose()
  readonly reason!: string;
}
