import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Accounts } from '../../../application/ports/accounts.js';
import { SignInArgs } from '../inputs/sign-in.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Request, type RequestContext } from '../request-context.js';
import { SignInPayload } from '../types/payload.types.js';
import { ChangePayloads } from './change-payloads.js';

@Resolver()
export class SignInMutations {
  constructor(
    private readonly accounts: Accounts,
    private readonly payloads: ChangePayloads,
  ) {}

  /** The one operation that needs no token. */
  @Mutation(() => SignInPayload)
  signIn(@Request() { address }: RequestContext, @Args() args: SignInArgs): Promise<SignInPayload> {
    return this.payloads.refusable<SignInPayload>(
      async () => {
        validateInput(SignInArgs, args);
        const signedIn = await this.accounts.signIn({ ...args, ...(address !== undefined && { address }) });
        return { ...signedIn, userErrors: [] };
      },
      (userErrors) => ({ token: null, expiresAt: null, userErrors }),
    );
  }
}
