import { decide } from '../../domain/organization/organization.decider.js';
import type { OrganizationSettings } from '../../domain/organization/organization.events.js';
import { INITIAL_SETTINGS, type OrganizationState } from '../../domain/organization/organization.state.js';
import { organizationStream } from '../../domain/shared/streams.js';
import type { Refusals } from '../audit/refusals.js';
import { metadataOf, type CommandContext } from '../command-context.js';
import type { Idempotency } from '../commands/idempotency.js';
import type { StreamRepository } from '../commands/stream-repository.js';
import { authorize } from '../principal.js';

export interface SettingsServiceParts {
  readonly organizations: StreamRepository<OrganizationState>;
  readonly idempotency: Idempotency;
  readonly refusals: Refusals;
}

/** What an organization has settled for itself, as administrators change it. Rejects with EventStoreError too. */
export class SettingsService {
  constructor(private readonly parts: SettingsServiceParts) {}

  /** As the log has them now. */
  async settings(orgId: string): Promise<OrganizationSettings> {
    const { orgId: known, settings } = await this.parts.organizations.load(organizationStream(orgId));
    return known === null ? INITIAL_SETTINGS : settings;
  }

  /**
   * The position that the log reached; null: they were so before.
   *
   * @throws DomainError FORBIDDEN, INVALID_INPUT at `exceptionRule`, NOT_FOUND, IDEMPOTENCY_MISMATCH
   */
  change(
    context: CommandContext,
    settings: OrganizationSettings,
    reason: string | null | undefined,
    key: string | null | undefined,
  ): Promise<bigint | null> {
    const { organizations, idempotency, refusals } = this.parts;
    return refusals.watched(context, { action: 'ChangeSettings' }, async () => {
      authorize(context.principal, 'administer');
      const asked = { ...settings, reason: reason ?? null };
      const { commandId, claim } = idempotency.issue(context, key, 'changeSettings', asked);
      const { position } = await organizations.execute({
        stream: organizationStream(context.principal.orgId),
        commandId,
        metadata: metadataOf(context, commandId, reason ?? undefined),
        ...(claim && { claim }),
        decide: (state) => decide({ type: 'ChangeSettings', ...settings }, state),
      });
      return position;
    });
  }
}
