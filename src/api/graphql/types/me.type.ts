import { Field, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { Role } from '../../../domain/organization/organization.events.js';

@ObjectType({ description: 'Who is calling, by the verified token.' })
export class Me implements views.Me {
  @Field(() => String)
  readonly subject!: string;

  @Field(() => String)
  readonly organization!: string;

  @Field(() => [String])
  readonly roles!: readonly Role[];
}
