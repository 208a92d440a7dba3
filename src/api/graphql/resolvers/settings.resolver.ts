import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { CommandContext } from '../../../application/command-context.js';
import { SettingsService } from '../../../application/organization/settings-service.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { ChangeSettingsInput } from '../inputs/settings.inputs.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller, Commanding } from '../request-context.js';
import { SettingsPayload } from '../types/payload.types.js';
import { OrganizationSettings } from '../types/settings.types.js';
import { ChangePayloads } from './change-payloads.js';

@Resolver()
export class SettingsResolver {
  constructor(
    private readonly service: SettingsService,
    private readonly payloads: ChangePayloads,
  ) {}

  @Query(() => OrganizationSettings)
  settings(@Caller() caller: Principal) {
    authorize(caller, 'read');
    return this.service.settings(caller.orgId);
  }

  @Mutation(() => SettingsPayload, { description: 'For administrators.' })
  changeSettings(
    @Commanding() by: CommandContext,
    @Args('input') input: ChangeSettingsInput,
  ): Promise<SettingsPayload> {
    return this.payloads.refusable<SettingsPayload>(
      async () => {
        validateInput(ChangeSettingsInput, input);
        const { exceptionRule, reason, idempotencyKey } = input;
        const position = await this.service.change(by, { exceptionRule }, reason, idempotencyKey);
        const settings = await this.payloads.readBack(position, () =>
          this.service.settings(by.principal.orgId),
        );
        return { settings, position: position === null ? null : positionText(position), userErrors: [] };
      },
      (userErrors) => ({ settings: null, position: null, userErrors }),
    );
  }
}
