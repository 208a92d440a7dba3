import type { Command } from 'commander';
import type { ExceptionRule } from '../../domain/binding/exception-rule.js';
import { withAdministration } from '../administration.js';
import { examples, leaf } from '../arguments.js';
import { CliError } from '../failure.js';
import { print, printJson } from '../output.js';

interface CreateOptions {
  readonly name?: string;
  readonly timeZone: string;
  readonly json?: true;
}

interface SettingsOptions {
  readonly exceptions?: string;
  readonly json?: true;
}

/** What a lookup answers where promises contradict one another, in words. */
const IN_WORDS: Readonly<Record<ExceptionRule, string>> = {
  REFUSE: 'the exception, with both promises',
  STRICTER: 'the stricter of both promises',
  CONTRACT_WINS: 'what the contract says',
};

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
  leaf(org, 'settings <org>', 'what an organization has settled for itself')
    .option('--exceptions <rule>', 'what lookups answer for exceptions: REFUSE, STRICTER or CONTRACT_WINS')
    .addHelpText('after', examples('sla org settings acme', 'sla org settings acme --exceptions STRICTER'))
    .action((orgId: string, { exceptions, json }: SettingsOptions) =>
      withAdministration(async ({ organizations, source }) => {
        if (exceptions !== undefined)
          await organizations.changeSettings(orgId, { exceptionRule: exceptions.toUpperCase() }, source);
        const settings = (await organizations.find(orgId))?.settings;
        if (!settings) throw new CliError('NOT_FOUND', `There is no organization ${orgId}.`);
        if (json) printJson(settings);
        else
          print(`Exceptions: ${settings.exceptionRule}. Lookups answer ${IN_WORDS[settings.exceptionRule]}.`);
      }),
    );
};
