import { CommandBus } from '@nestjs/cqrs';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { CommandContext } from '../../../application/command-context.js';
import { AcknowledgeExceptionCommand } from '../../../application/commands/change-commands.js';
import { ExceptionQuery } from '../../../application/queries/exception-query.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { AcknowledgeExceptionArgs } from '../inputs/customer.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Commanding } from '../request-context.js';
import { SlaExceptionPayload } from '../types/payload.types.js';
import { ChangePayloads } from './change-payloads.js';

@Resolver()
export class ExceptionMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly exceptions: ExceptionQuery,
    private readonly payloads: ChangePayloads,
  ) {}

  @Mutation(() => SlaExceptionPayload)
  acknowledgeException(
    @Commanding() by: CommandContext,
    @Args() args: AcknowledgeExceptionArgs,
  ): Promise<SlaExceptionPayload> {
    return this.payloads.refusable<SlaExceptionPayload>(
      async () => {
        validateInput(AcknowledgeExceptionArgs, args);
        const { exceptionId, note, owner, dueOn, idempotencyKey } = args;
        const { position } = await this.commands.execute(
          new AcknowledgeExceptionCommand(by, idempotencyKey, exceptionId, note, { owner, dueOn }),
        );
        const read = () => this.exceptions.exception(by.principal.orgId, exceptionId);
        const found = await this.payloads.readBack(position, read);
        return {
          exception: found?.view ?? null,
          position: position === null ? null : positionText(position),
          userErrors: [],
        };
      },
      (userErrors) => ({ exception: null, position: null, userErrors }),
    );
  }
}
