import { CommandBus } from '@nestjs/cqrs';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { CommandContext } from '../../../application/command-context.js';
import {
  DecideChangeCommand,
  ProposeChangeCommand,
  ReviseChangeCommand,
} from '../../../application/commands/change-commands.js';
import type { ChangeKind } from '../../../domain/change/content.js';
import type { Type } from '@nestjs/common';
import { validateInput } from '../inputs/validate-input.js';
import {
  CommentOnChangeInput,
  DecideChangeInput,
  RejectChangeInput,
  ReviseChangeInput,
  WithdrawChangeInput,
} from '../inputs/decide-change.inputs.js';
import { splitProposal } from '../inputs/proposal.js';
import {
  ProposeContractInput,
  ProposeWaiverInput,
  RemapCustomerInput,
} from '../inputs/propose-customer.inputs.js';
import { ProposeApprovalPolicyInput, ProposeCoverageInput } from '../inputs/propose-settings.inputs.js';
import { ProposeTierRetirementInput, ProposeTierTermsInput } from '../inputs/propose-tier.inputs.js';
import { Commanding } from '../request-context.js';
import { ChangePayload } from '../types/payload.types.js';
import { ChangePayloads } from './change-payloads.js';

/** One mutation for each action; every expected refusal is answered in `userErrors`. */
@Resolver()
export class ChangeMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly payloads: ChangePayloads,
  ) {}

  @Mutation(() => ChangePayload)
  proposeTierTerms(@Commanding() by: CommandContext, @Args('input') input: ProposeTierTermsInput) {
    return this.propose(by, 'TIER_TERMS', ProposeTierTermsInput, input);
  }

  @Mutation(() => ChangePayload)
  proposeTierRetirement(@Commanding() by: CommandContext, @Args('input') input: ProposeTierRetirementInput) {
    return this.propose(by, 'TIER_RETIREMENT', ProposeTierRetirementInput, input);
  }

  @Mutation(() => ChangePayload)
  remapCustomer(@Commanding() by: CommandContext, @Args('input') input: RemapCustomerInput) {
    return this.propose(by, 'REMAP', RemapCustomerInput, input);
  }

  @Mutation(() => ChangePayload)
  proposeContract(@Commanding() by: CommandContext, @Args('input') input: ProposeContractInput) {
    return this.propose(by, 'CONTRACT', ProposeContractInput, input);
  }

  @Mutation(() => ChangePayload)
  proposeCoverage(@Commanding() by: CommandContext, @Args('input') input: ProposeCoverageInput) {
    return this.propose(by, 'COVERAGE', ProposeCoverageInput, input);
  }

  @Mutation(() => ChangePayload)
  proposeWaiver(@Commanding() by: CommandContext, @Args('input') input: ProposeWaiverInput) {
    return this.propose(by, 'WAIVER', ProposeWaiverInput, input);
  }

  @Mutation(() => ChangePayload)
  proposeApprovalPolicy(@Commanding() by: CommandContext, @Args('input') input: ProposeApprovalPolicyInput) {
    return this.propose(by, 'APPROVAL_POLICY', ProposeApprovalPolicyInput, input);
  }

  @Mutation(() => ChangePayload)
  reviseChange(@Commanding() by: CommandContext, @Args('input') input: ReviseChangeInput) {
    return this.payloads.answer(by, () => {
      validateInput(ReviseChangeInput, input);
      const { changeId, content, idempotencyKey, ...timing } = input;
      return this.commands.execute(new ReviseChangeCommand(by, idempotencyKey, changeId, content, timing));
    });
  }

  @Mutation(() => ChangePayload)
  approveChange(@Commanding() by: CommandContext, @Args('input') input: DecideChangeInput) {
    const { revision, comment } = input;
    return this.decide(by, DecideChangeInput, input, { type: 'ApproveChange', revision, comment });
  }

  @Mutation(() => ChangePayload)
  rejectChange(@Commanding() by: CommandContext, @Args('input') input: RejectChangeInput) {
    const { revision, reason } = input;
    return this.decide(by, RejectChangeInput, input, { type: 'RejectChange', revision, reason });
  }

  @Mutation(() => ChangePayload)
  withdrawChange(@Commanding() by: CommandContext, @Args('input') input: WithdrawChangeInput) {
    return this.decide(by, WithdrawChangeInput, input, { type: 'WithdrawChange', reason: input.reason });
  }

  @Mutation(() => ChangePayload)
  commentOnChange(@Commanding() by: CommandContext, @Args('input') input: CommentOnChangeInput) {
    return this.decide(by, CommentOnChangeInput, input, { type: 'CommentOnChange', text: input.text });
  }

  private propose<Input extends { readonly idempotencyKey?: string | null }>(
    by: CommandContext,
    kind: Exclude<ChangeKind, 'IMPORT'>,
    type: Type<Input>,
    input: Input,
  ): Promise<ChangePayload> {
    return this.payloads.answer(by, () => {
      validateInput(type, input);
      const { content, idempotencyKey, ...timing } = splitProposal(input);
      return this.commands.execute(new ProposeChangeCommand(by, idempotencyKey, kind, content, timing));
    });
  }

  private decide<Input extends { readonly changeId: string; readonly idempotencyKey?: string | null }>(
    by: CommandContext,
    type: Type<Input>,
    input: Input,
    decision: DecideChangeCommand['decision'],
  ): Promise<ChangePayload> {
    return this.payloads.answer(by, () => {
      validateInput(type, input);
      return this.commands.execute(
        new DecideChangeCommand(by, input.idempotencyKey, input.changeId, decision),
      );
    });
  }
}
