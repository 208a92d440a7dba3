import { Field, InputType } from '@nestjs/graphql';
import type { ExceptionRule } from '../../../domain/binding/exception-rule.js';
import { ExceptionRuleEnum } from '../types/enums.js';
import { ReasonedInput } from './command.inputs.js';

@InputType()
export class ChangeSettingsInput extends ReasonedInput {
  @Field(() => ExceptionRuleEnum, {
    description: 'Counts from when it is recorded; past answers stay what they were.',
  })
  readonly exceptionRule!: ExceptionRule;
}
