import type { Command } from 'commander';
import { examples, leaf, ORG } from '../arguments.js';
import { columnMap, type ColumnMap } from '../import/column-map.js';
import { organizationOf } from '../organization.js';
import { print, printJson } from '../output.js';
import { withSession } from '../session.js';

interface Options {
  readonly org?: string;
  readonly map?: ColumnMap;
  readonly dateOrder?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export const importCommand = (program: Command): void => {
  leaf(program, 'import <file>', 'propose a reference sheet or a matrix as one change; `-` reads stdin')
    .option(...ORG)
    .option(
      '--map <heading=field>',
      'what a column means, also as JSON; may be given several times',
      columnMap,
    )
    .option('--date-order <order>', 'day-first, month-first or year-first, where the sheet does not tell')
    .option('--reason <text>', 'why; kept with the proposal')
    .option('--by <name>', 'who proposes, and so cannot approve; left out: your account on this machine')
    .option('--dry-run', 'only say what would happen; nothing is recorded')
    .addHelpText(
      'after',
      `
Nothing is live until somebody approves the change. An unreadable sheet is refused as a whole; records with
mistakes are reported and left out.
${examples(
  'sla import support-tiers.matrix.csv --reason "New support policy"',
  'sla import kunden.csv --map "Kunde Nr.=customerId" --map "Bemerkung=" --date-order day-first --dry-run',
)}`,
    )
    .action((file: string, options: Options) => run(file, options));
};

const run = (file: string, options: Options): Promise<void> =>
  withSession(async (session) => {
    const orgId = await organizationOf(session.core, options.org);
    await session.caughtUp();
    const asked = { file, orgId, ...options, ...(options.map && { columns: options.map }) };
    if (options.dryRun) {
      const { previewImport } = await import('../import/preview-import.js');
      const { layout, report } = await previewImport(session, asked);
      if (options.json)
        return printJson({ sheet: layout.sheet, columns: layout.columns, ...report.toJSON() });
      return print(`${report.text()}\nNothing was recorded. Leave out --dry-run to propose it.`);
    }
    const { proposeImport } = await import('../import/propose-import.js');
    const { id, changeId, revision, report } = await proposeImport(session, asked);
    if (options.json) return printJson({ id, changeId, revision, ...report.toJSON() });
    print(
      `${report.text()}\nProposed as change ${changeId}, revision ${revision}; live once somebody else approves it.`,
    );
  });
