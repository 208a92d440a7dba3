import { Args, Mutation, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { AuditLogArgs, AuditReplayArgs } from '../../src/api/graphql/inputs/audit.args.js';
import { ChangeArgs, ChangesArgs } from '../../src/api/graphql/inputs/change.args.js';
import {
  AcknowledgeExceptionArgs,
  CustomerArgs,
  CustomersArgs,
  ExceptionsArgs,
} from '../../src/api/graphql/inputs/customer.args.js';
import * as decide from '../../src/api/graphql/inputs/decide-change.inputs.js';
import { ApprovedChangesArgs } from '../../src/api/graphql/inputs/feed.args.js';
import { ImportReferenceInput } from '../../src/api/graphql/inputs/import-reference.input.js';
import { ImportArgs, ImportRowsArgs } from '../../src/api/graphql/inputs/import.args.js';
import { LookupArgs, LookupManyArgs } from '../../src/api/graphql/inputs/lookup.inputs.js';
import { HistoryArgs, MatrixArgs, MatrixDiffArgs } from '../../src/api/graphql/inputs/matrix.args.js';
import * as customer from '../../src/api/graphql/inputs/propose-customer.inputs.js';
import * as settings from '../../src/api/graphql/inputs/propose-settings.inputs.js';
import * as tier from '../../src/api/graphql/inputs/propose-tier.inputs.js';
import { SignInArgs } from '../../src/api/graphql/inputs/sign-in.args.js';
import { AuditReplay } from '../../src/api/graphql/types/audit.types.js';
import { ApprovedChange, Change } from '../../src/api/graphql/types/change.types.js';
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

/** Resolvers that only lend their signatures. */
const signature = (..._args: readonly unknown[]): null => null;

@Resolver()
export class ContractQueries {
  @Query(() => Me)
  me() {
    return signature();
  }
  @Query(() => Matrix)
  matrix(@Args() args: MatrixArgs) {
    return signature(args);
  }
  @Query(() => LookupResult)
  lookup(@Args() args: LookupArgs) {
    return signature(args);
  }
  @Query(() => [LookupResult])
  lookupMany(@Args() args: LookupManyArgs) {
    return signature(args);
  }
  @Query(() => MatrixDiff)
  matrixDiff(@Args() args: MatrixDiffArgs) {
    return signature(args);
  }
  @Query(() => connections.VersionConnection)
  history(@Args() args: HistoryArgs) {
    return signature(args);
  }
  @Query(() => Customer, { nullable: true })
  customer(@Args() args: CustomerArgs) {
    return signature(args);
  }
  @Query(() => connections.CustomerConnection)
  customers(@Args() args: CustomersArgs) {
    return signature(args);
  }
  @Query(() => connections.SlaExceptionConnection)
  exceptions(@Args() args: ExceptionsArgs) {
    return signature(args);
  }
  @Query(() => Change, { nullable: true })
  change(@Args() args: ChangeArgs) {
    return signature(args);
  }
  @Query(() => connections.ChangeConnection)
  changes(@Args() args: ChangesArgs) {
    return signature(args);
  }
  @Query(() => connections.AuditEntryConnection)
  auditLog(@Args() args: AuditLogArgs) {
    return signature(args);
  }
  @Query(() => AuditReplay)
  auditReplay(@Args() args: AuditReplayArgs) {
    return signature(args);
  }
  @Query(() => Import, { nullable: true })
  import(@Args() args: ImportArgs) {
    return signature(args);
  }
}

@Resolver(() => Import)
export class ContractImport {
  @ResolveField(() => connections.ImportRowConnection)
  rows(@Args() args: ImportRowsArgs) {
    return signature(args);
  }
}

@Resolver()
export class ContractMutations {
  @Mutation(() => SignInPayload)
  signIn(@Args() args: SignInArgs) {
    return signature(args);
  }
  @Mutation(() => ChangePayload)
  proposeTierTerms(@Args('input') input: tier.ProposeTierTermsInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  proposeTierRetirement(@Args('input') input: tier.ProposeTierRetirementInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  remapCustomer(@Args('input') input: customer.RemapCustomerInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  proposeContract(@Args('input') input: customer.ProposeContractInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  proposeCoverage(@Args('input') input: settings.ProposeCoverageInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  proposeWaiver(@Args('input') input: customer.ProposeWaiverInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  proposeApprovalPolicy(@Args('input') input: settings.ProposeApprovalPolicyInput) {
    return signature(input);
  }
  @Mutation(() => ImportPayload)
  importReference(@Args('input') input: ImportReferenceInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  approveChange(@Args('input') input: decide.DecideChangeInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  rejectChange(@Args('input') input: decide.RejectChangeInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  reviseChange(@Args('input') input: decide.ReviseChangeInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  withdrawChange(@Args('input') input: decide.WithdrawChangeInput) {
    return signature(input);
  }
  @Mutation(() => ChangePayload)
  commentOnChange(@Args('input') input: decide.CommentOnChangeInput) {
    return signature(input);
  }
  @Mutation(() => SlaExceptionPayload)
  acknowledgeException(@Args() args: AcknowledgeExceptionArgs) {
    return signature(args);
  }
}

@Resolver()
export class ContractSubscriptions {
  @Subscription(() => ApprovedChange)
  approvedChanges(@Args() args: ApprovedChangesArgs) {
    return signature(args);
  }
}

export const CONTRACT_RESOLVERS = [ContractQueries, ContractImport, ContractMutations, ContractSubscriptions];
