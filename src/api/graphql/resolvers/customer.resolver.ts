import { Args, Query, Resolver } from '@nestjs/graphql';
import { CustomerQuery } from '../../../application/queries/customer-query.js';
import { ExceptionQuery } from '../../../application/queries/exception-query.js';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { CustomerArgs, CustomersArgs, ExceptionsArgs } from '../inputs/customer.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller } from '../request-context.js';
import { optional, parseAt, parsePosition } from '../scalars/arguments.js';
import { CustomerConnection, SlaExceptionConnection } from '../types/connection.types.js';
import { Customer } from '../types/customer.types.js';
import { pageRequest } from './page-request.js';
import { given } from './given.js';

const at = optional(parseAt);
const position = optional(parsePosition);

@Resolver()
export class CustomerResolver {
  constructor(
    private readonly query: CustomerQuery,
    private readonly exceptionQuery: ExceptionQuery,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => Customer, { nullable: true })
  async customer(@Caller() caller: Principal, @Args() args: CustomerArgs) {
    authorize(caller, 'read');
    validateInput(CustomerArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.query.customer(caller.orgId, args.id, {
      at: at(args.at, ['at']),
      knownAt: at(args.knownAt, ['knownAt']),
    });
  }

  @Query(() => CustomerConnection)
  async customers(@Caller() caller: Principal, @Args() args: CustomersArgs) {
    authorize(caller, 'read');
    validateInput(CustomersArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.query.customers(caller.orgId, given(args.filter), pageRequest(args));
  }

  @Query(() => SlaExceptionConnection)
  async exceptions(@Caller() caller: Principal, @Args() args: ExceptionsArgs) {
    authorize(caller, 'read');
    validateInput(ExceptionsArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    const axes = { at: at(args.at, ['at']), knownAt: at(args.knownAt, ['knownAt']) };
    return this.exceptionQuery.exceptions(caller.orgId, given(args.filter), axes, pageRequest(args));
  }
}
