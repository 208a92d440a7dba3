import { Field, ObjectType } from '@nestjs/graphql';
import type * as views from '../../../application/queries/views.js';
import type { ExceptionRule } from '../../../domain/binding/exception-rule.js';
import { ExceptionRuleEnum } from './enums.js';

@ObjectType({ description: 'What the organization has settled for itself.' })
export class OrganizationSettings implements views.OrganizationSettings {
  @Field(() => ExceptionRuleEnum)
  readonly exceptionRule!: ExceptionRule;
}
