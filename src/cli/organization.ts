import type { OrganizationService } from '../application/organization/organization-service.js';
import type { EventStore } from '../application/ports/event-store.js';
import { CliError } from './failure.js';

export interface Organizations {
  readonly events: EventStore;
  readonly organizations: Pick<OrganizationService, 'find'>;
}

/** The organization asked for, or the only one there is. @throws CliError NOT_FOUND, ORG_NEEDED */
export const organizationOf = async (
  { events, organizations }: Organizations,
  asked: string | undefined,
): Promise<string> => {
  if (asked !== undefined) {
    if (await organizations.find(asked)) return asked;
    throw new CliError('NOT_FOUND', `There is no organization ${asked}. Create it: sla org create ${asked}`);
  }
  const known: string[] = [];
  for await (const event of events.readAll({ types: ['OrganizationCreated'] })) {
    known.push(event.metadata.orgId);
    if (known.length > 1)
      throw new CliError('ORG_NEEDED', `There is more than one organization. Say which: --org ${known[0]}`);
  }
  const [only] = known;
  if (only === undefined)
    throw new CliError('NOT_FOUND', 'There is no organization yet. Create one: sla org create ORG');
  return only;
};
