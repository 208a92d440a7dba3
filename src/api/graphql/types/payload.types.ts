import { Field, ID, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ErrorCode } from '../../../domain/shared/domain-error.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { PositionScalar } from '../scalars/position.scalar.js';
import { Change } from './change.types.js';
import { ErrorCodeEnum } from './enums.js';
import { Import } from './import.types.js';
import { OrganizationSettings } from './settings.types.js';
import { SlaException } from './sla-exception.types.js';
import { Webhook } from './webhook.types.js';

@ObjectType({ description: 'An expected refusal: what is wrong and how to mend it.' })
export class UserError implements views.UserError {
  @Field(() => ErrorCodeEnum)
  readonly code!: ErrorCode;

  @Field(() => String)
  readonly message!: string;

  @Field(() => [String], { description: 'The input field at fault, outermost first.' })
  readonly path!: readonly string[];

  @Field(() => ID, { nullable: true, description: 'What the refused thing collides with.' })
  readonly existingId!: string | null;
}

@ObjectType({ isAbstract: true })
abstract class Payload {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'The place in the log that was reached; pass it as `atLeast` to read your own write.',
  })
  readonly position!: string | null;

  @Field(() => [UserError], { description: 'Empty when it was done.' })
  readonly userErrors!: readonly views.UserError[];
}

@ObjectType()
export class ChangePayload extends Payload implements views.ChangePayload {
  @Field(() => Change, { nullable: true })
  readonly change!: views.Change | null;
}

@ObjectType()
export class ImportPayload extends Payload implements views.ImportPayload {
  @Field(() => Import, { nullable: true })
  readonly import!: views.Import | null;
}

@ObjectType()
export class SlaExceptionPayload extends Payload implements views.SlaExceptionPayload {
  @Field(() => SlaException, { nullable: true })
  readonly exception!: views.SlaException | null;
}

@ObjectType()
export class WebhookPayload extends Payload implements views.WebhookPayload {
  @Field(() => Webhook, { nullable: true, description: 'null: it is deleted.' })
  readonly webhook!: views.Webhook | null;
}

@ObjectType()
export class NewWebhookPayload extends WebhookPayload implements views.NewWebhookPayload {
  @Field(() => String, {
    nullable: true,
    description: 'What deliveries are signed with, as Standard Webhooks writes it. Shown this once.',
  })
  readonly secret!: string | null;
}

@ObjectType()
export class SettingsPayload extends Payload implements views.SettingsPayload {
  @Field(() => OrganizationSettings, { nullable: true })
  readonly settings!: views.OrganizationSettings | null;
}

@ObjectType()
export class SignInPayload implements views.SignInPayload {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer …`.' })
  readonly token!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  readonly expiresAt!: string | null;

  @Field(() => [UserError], { description: 'Empty when it was done.' })
  readonly userErrors!: readonly views.UserError[];
}
