import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ChangeArgs, ChangesArgs } from '../../src/api/graphql/inputs/change.args.js';
import {
  AcknowledgeExceptionArgs,
  CustomerArgs,
  CustomersArgs,
  ExceptionsArgs,
} from '../../src/api/graphql/inputs/customer.args.js';
import * as decide from '../../src/api/graphql/inputs/decide-change.inputs.js';
import { ImportReferenceInput } from '../../src/api/graphql/inputs/import-reference.input.js';
import { ImportArgs, ImportRowsArgs } from '../../src/api/graphql/inputs/import.args.js';
import { LookupArgs, LookupManyArgs } from '../../src/api/graphql/inputs/lookup.inputs.js';
import { HistoryArgs, MatrixArgs, MatrixDiffArgs } from '../../src/api/graphql/inputs/matrix.args.js';
import * as customer from '../../src/api/graphql/inputs/propose-customer.inputs.js';
import * as settings from '../../src/api/graphql/inputs/propose-settings.inputs.js';
import * as tier from '../../src/api/graphql/inputs/propose-tier.inputs.js';
import { SignInArgs } from '../../src/api/graphql/inputs/sign-in.args.js';
import { Change } from '../../src/api/graphql/types/change.types.js';
import * as connections from '../../src/api/graphql/types/connection.types.js';
import { Customer } from '../../src/api/graphql/types/customer.types.js';
import { Import } from '../../src/api/graphql/types/import.types.js';
import { LookupResult } from '../../src/api/graphql/types/lookup-result.types.js';
import { Matrix, MatrixDiff } from '../../src/api/graphql/types/matrix.types.js';
import { Me } from '../../src/api/graphql/types/me.type.js';
import {
  ChangePayload,
  ImportPayload,
  SignInPayload,
  SlaExceptionPayload,
} from '../../src/api/graphql/types/payload.types.js';

/** What a resolver that only lends its signature answers; a test may put an answer there. */
export const answers = new Map<string, (args: unknown) => unknown>();
const answer = (field: string, args?: unknown): unknown => answers.get(field)?.(args) ?? null;

@Resolver()
export class ContractQueries {
  @Query(() => Me)
  me() {
    return answer('me');
  }
  @Query(() => Matrix)
  matrix(@Args() args: MatrixArgs) {
    return answer('matrix', args);
  }
  @Query(() => LookupResult)
  lookup(@Args() args: LookupArgs) {
    return answer('lookup', args);
  }
  @Query(() => [LookupResult])
  lookupMany(@Args() args: LookupManyArgs) {
    return answer('lookupMany', args);
  }
  @Query(() => MatrixDiff)
  matrixDiff(@Args() args: MatrixDiffArgs) {
    return answer('matrixDiff', args);
  }
  @Query(() => connections.VersionConnection)
  history(@Args() args: HistoryArgs) {
    return answer('history', args);
  }
  @Query(() => Customer, { nullable: true })
  customer(@Args() args: CustomerArgs) {
    return answer('customer', args);
  }
  @Query(() => connections.CustomerConnection)
  customers(@Args() args: CustomersArgs) {
    return answer('customers', args);
  }
  @Query(() => connections.SlaExceptionConnection)
  exceptions(@Args() args: ExceptionsArgs) {
    return answer('exceptions', args);
  }
  @Query(() => Change, { nullable: true })
  change(@Args() args: ChangeArgs) {
    return answer('change', args);
  }
  @Query(() => connections.ChangeConnection)
  changes(@Args() args: ChangesArgs) {
    return answer('changes', args);
  }
  @Query(() => Import, { nullable: true })
  import(@Args() args: ImportArgs) {
    return answer('import', args);
  }
}

@Resolver(() => Import)
export class ContractImport {
  @ResolveField(() => connections.ImportRowConnection)
  rows(@Args() args: ImportRowsArgs) {
    return answer('rows', args);
  }
}

@Resolver()
export class ContractMutations {
  @Mutation(() => SignInPayload)
  signIn(@Args() args: SignInArgs) {
    return answer('signIn', args);
  }
  @Mutation(() => ChangePayload)
  proposeTierTerms(@Args('input') input: tier.ProposeTierTermsInput) {
    return answer('proposeTierTerms', input);
  }
  @Mutation(() => ChangePayload)
  proposeTierRetirement(@Args('input') input: tier.ProposeTierRetirementInput) {
    return answer('proposeTierRetirement', input);
  }
  @Mutation(() => ChangePayload)
  remapCustomer(@Args('input') input: customer.RemapCustomerInput) {
    return answer('remapCustomer', input);
  }
  @Mutation(() => ChangePayload)
  proposeContract(@Args('input') input: customer.ProposeContractInput) {
    return answer('proposeContract', input);
  }
  @Mutation(() => ChangePayload)
  proposeCoverage(@Args('input') input: settings.ProposeCoverageInput) {
    return answer('proposeCoverage', input);
  }
  @Mutation(() => ChangePayload)
  proposeWaiver(@Args('input') input: customer.ProposeWaiverInput) {
    return answer('proposeWaiver', input);
  }
  @Mutation(() => ChangePayload)
  proposeApprovalPolicy(@Args('input') input: settings.ProposeApprovalPolicyInput) {
    return answer('proposeApprovalPolicy', input);
  }
  @Mutation(() => ImportPayload)
  importReference(@Args('input') input: ImportReferenceInput) {
    return answer('importReference', input);
  }
  @Mutation(() => ChangePayload)
  approveChange(@Args('input') input: decide.DecideChangeInput) {
    return answer('approveChange', input);
  }
  @Mutation(() => ChangePayload)
  rejectChange(@Args('input') input: decide.RejectChangeInput) {
    return answer('rejectChange', input);
  }
  @Mutation(() => ChangePayload)
  reviseChange(@Args('input') input: decide.ReviseChangeInput) {
    return answer('reviseChange', input);
  }
  @Mutation(() => ChangePayload)
  withdrawChange(@Args('input') input: decide.WithdrawChangeInput) {
    return answer('withdrawChange', input);
  }
  @Mutation(() => ChangePayload)
  commentOnChange(@Args('input') input: decide.CommentOnChangeInput) {
    return answer('commentOnChange', input);
  }
  @Mutation(() => SlaExceptionPayload)
  acknowledgeException(@Args() args: AcknowledgeExceptionArgs) {
    return answer('acknowledgeException', args);
  }
}

export const CONTRACT_RESOLVERS = [ContractQueries, ContractImport, ContractMutations];
