import { Option, type Command } from 'commander';
import { AT, dated, examples, KNOWN_AT, leaf, ORG } from '../arguments.js';
import { CliError } from '../failure.js';
import { organizationOf } from '../organization.js';
import { print, printJson } from '../output.js';
import { lookupText } from '../render/lookup-text.js';
import { withSession } from '../session.js';

interface Options {
  readonly org?: string;
  readonly customer?: string;
  readonly contract?: string;
  readonly priority?: string;
  readonly channel?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly json?: true;
}

export const lookupCommand = (program: Command): void => {
  leaf(program, 'lookup', 'what exactly was promised to a customer, and who approved it')
    .addOption(new Option('--customer <id>', 'the customer').conflicts('contract'))
    .option('--contract <id>', 'or one contract')
    .option('--priority <priority>', 'one commitment instead of all')
    .option('--channel <channel>', 'also whether this channel is promised and open')
    .option(...AT, dated)
    .option(...KNOWN_AT, dated)
    .option(...ORG)
    .addHelpText(
      'after',
      examples(
        'sla lookup --customer CUST-1005',
        'sla lookup --customer CUST-1005 --priority P1 --at 2026-03-03',
        'sla lookup --contract CTR-2026-105 --known-at 2026-03-03 --json',
      ),
    )
    .action(async (options: Options) => {
      const { customer, contract } = options;
      if (customer === undefined && contract === undefined)
        throw new CliError('INVALID_INPUT', 'Say whose promise: --customer ID or --contract ID.');
      await withSession(async ({ core, caughtUp }) => {
        const orgId = await organizationOf(core, options.org);
        await caughtUp();
        const answer = await core.lookups.lookup(orgId, {
          ...options,
          customerId: customer,
          contractId: contract,
        });
        if (options.json) printJson(answer);
        if (answer.type === 'UnknownCustomer') {
          const { id, nearest } = answer;
          const hint = nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : '';
          throw new CliError(
            'NOT_FOUND',
            `${orgId} has no ${customer === undefined ? 'contract' : 'customer'} ${id}.${hint}`,
          );
        }
        if (!options.json) print(lookupText(answer));
      });
    });
};
