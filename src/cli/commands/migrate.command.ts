import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { examples, leaf } from '../arguments.js';
import { embeddedDataDir } from '../embedded.js';
import { CliError } from '../failure.js';
import { print, printJson, say } from '../output.js';
import type { Migrated } from '../migration/migrate.js';

interface Options {
  readonly to: string;
  readonly json?: true;
}

export const migrateCommand = (program: Command): void => {
  leaf(program, 'migrate', 'copy the embedded log into an empty EventStoreDB, and prove that the copy is one')
    .requiredOption('--to <url>', 'the EventStoreDB or KurrentDB to copy to, as EVENTSTORE_URL has it')
    .addHelpText(
      'after',
      `
Ids, order, recorded times and positions are kept. Cut off, it goes on where it was. Let the server run for the
first, long run; stop it for the last, which brings only what came meanwhile.
${examples('sla migrate --to "esdb://events.example.com:2113"')}`,
    )
    .action(async ({ to, json }: Options) => {
      const migrated = await migrateTo(to);
      if (json) printJson(migrated);
      else print(reportOf(migrated));
      if (migrated.behind > 0)
        say(
          `${migrated.behind} events have come meanwhile: stop the server, run this again, then set EVENTSTORE_URL.`,
        );
    });
};

const migrateTo = async (to: string): Promise<Migrated> => {
  const file = join(await embeddedDataDir(), 'events.db');
  if (!existsSync(file)) throw new CliError('NO_LOG', `There is no event log ${file}. Set DATA_DIR.`);
  const [{ eventStoreUrl }, { SqliteEventStore }, { EventStoreDbEventStore }, { SystemClock }, { migrate }] =
    await Promise.all([
      import('../../infrastructure/config/urls.js'),
      import('../../infrastructure/event-store/sqlite/sqlite-event-store.js'),
      import('../../infrastructure/event-store/eventstoredb/eventstoredb-event-store.js'),
      import('../../infrastructure/system-clock.js'),
      import('../migration/migrate.js'),
    ]);
  const target = new EventStoreDbEventStore({ url: eventStoreUrl('--to', to) });
  try {
    const source = new SqliteEventStore({ file, clock: new SystemClock() });
    try {
      return await migrate(source, target);
    } finally {
      await source.close();
    }
  } finally {
    await target.close();
  }
};

const reportOf = ({ events, appended, stateHash }: Migrated): string =>
  [
    `${events} events are in both logs, ${appended} of them new; each is the same, and so is the state they lead to:`,
    `  ${stateHash}`,
    'Set EVENTSTORE_URL to go on there. Read models in MongoDB are of the old log: run `sla projections rebuild` with both',
    'variables set before the first start.',
  ].join('\n');
