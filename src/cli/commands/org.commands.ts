import type { Command } from 'commander';
import { withAdministration } from '../administration.js';
import { examples, leaf } from '../arguments.js';
import { print, printJson } from '../output.js';

interface CreateOptions {
  readonly name?: string;
  readonly timeZone: string;
  readonly json?: true;
}

export const orgCommands = (program: Command): void => {
  const org = program.command('org').description('organizations');
  leaf(org, 'create <org>', 'make an organization with its default coverages')
    .option('--name <name>', 'its name; left out: the ID')
    .option('--time-zone <zone>', 'IANA name of the zone its days begin and end in', 'Europe/Berlin')
    .addHelpText(
      'after',
      examples('sla org create acme', 'sla org create acme --name "Acme Ltd" --time-zone America/New_York'),
    )
    .action((orgId: string, { name = orgId, timeZone, json }: CreateOptions) =>
      withAdministration(async ({ organizations, source }) => {
        await organizations.createOrganization({ orgId, name, timeZone }, source);
        if (json) printJson({ organization: orgId, name, timeZone });
        else print(`Organization ${orgId} is ready. Add somebody: sla person add --org ${orgId} …`);
      }),
    );
};
