import { Args, Query, Resolver } from '@nestjs/graphql';
import { ChangeQuery } from '../../../application/queries/change-query.js';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { authorize, may, type Principal } from '../../../application/principal.js';
import { ChangeArgs, ChangesArgs } from '../inputs/change.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller } from '../request-context.js';
import { optional, parsePosition } from '../scalars/arguments.js';
import { Change } from '../types/change.types.js';
import { ChangeConnection } from '../types/connection.types.js';
import { given } from './given.js';
import { pageRequest } from './page-request.js';

const position = optional(parsePosition);

@Resolver()
export class ChangeResolver {
  constructor(
    private readonly query: ChangeQuery,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => Change, { nullable: true })
  async change(@Caller() caller: Principal, @Args() args: ChangeArgs) {
    authorize(caller, 'read');
    validateInput(ChangeArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.query.change(caller.orgId, args.id);
  }

  @Query(() => ChangeConnection)
  async changes(@Caller() caller: Principal, @Args() args: ChangesArgs) {
    authorize(caller, 'read');
    validateInput(ChangesArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    const asking = { subject: caller.subject, mayDecide: may(caller, 'decide') };
    return this.query.changes(caller.orgId, asking, given(args.filter), pageRequest(args));
  }
}
