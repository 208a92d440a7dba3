import { Command } from 'commander';
import { auditCommands } from './commands/audit.commands.js';
import { backupCommand } from './commands/backup.command.js';
import { exportCommand } from './commands/export.command.js';
import { importCommand } from './commands/import.command.js';
import { keyCommands } from './commands/key.commands.js';
import { lookupCommand } from './commands/lookup.command.js';
import { migrateCommand } from './commands/migrate.command.js';
import { orgCommands } from './commands/org.commands.js';
import { personCommands } from './commands/person.commands.js';
import { projectionCommands } from './commands/projections.commands.js';
import { restoreCommand } from './commands/restore.command.js';
import { tokenCommand } from './commands/token.command.js';
import { webhookCommands } from './commands/webhook.commands.js';
import { examples } from './arguments.js';

/**
 * Every command, described but not yet loaded: each fetches the parts it works with when it is called.
 *
 * @param complain takes what the parser has to say about a command line that it does not understand
 */
export const createProgram = (complain: (text: string) => void): Command => {
  const program = new Command('sla')
    .configureOutput({ writeErr: complain })
    .description(
      'The SLA matrix manager on the command line: the same data as the server, beside it or without it.',
    )
    .usage('<command> [options]')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help for the options and examples.')
    .addHelpText(
      'after',
      `${examples(
        'sla token --org acme --subject ada --roles admin',
        'sla import customers.csv --dry-run',
        'sla lookup --customer CUST-1005 --priority P1',
        'sla export matrix --at 2026-03-03 > matrix.csv',
      )}

Data: DATA_DIR (default ./data), or the servers that EVENTSTORE_URL and MONGODB_URL name.
The result goes to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 2 not understood.`,
    );
  tokenCommand(program);
  orgCommands(program);
  personCommands(program);
  keyCommands(program);
  webhookCommands(program);
  importCommand(program);
  exportCommand(program);
  lookupCommand(program);
  projectionCommands(program);
  auditCommands(program);
  backupCommand(program);
  restoreCommand(program);
  migrateCommand(program);
  return program;
};
