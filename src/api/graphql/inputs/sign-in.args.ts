import { ArgsType, Field, ID } from '@nestjs/graphql';
import { Id, Short } from './rules.js';

@ArgsType()
export class SignInArgs {
  @Field(() => ID)
  @Id()
  readonly organization!: string;

  @Field(() => String)
  @Short()
  readonly email!: string;

  @Field(() => String)
  @Short()
  readonly password!: string;
}
