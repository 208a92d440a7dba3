import { Option, type Command } from 'commander';
import type { AuditReplay } from '../../application/queries/views.js';
import { dated, examples, leaf, ORG } from '../arguments.js';
import { CliError } from '../failure.js';
import { organizationOf } from '../organization.js';
import { print, printJson, table } from '../output.js';
import { withSession } from '../session.js';

interface Options {
  readonly org?: string;
  readonly at?: string;
  readonly position?: bigint;
  readonly json?: true;
}

export const auditCommands = (program: Command): void => {
  const audit = program
    .command('audit')
    .description('what happened, and whether what is served follows from it');
  leaf(audit, 'replay', 'rebuild a state from the log alone; of the present, compare it with what is served')
    .option(
      '--at <date>',
      'as recorded by then: 2026-03-03, or an instant such as 2026-03-03T09:00:00Z',
      dated,
    )
    .addOption(
      new Option('--position <position>', 'or up to this position of the log')
        .argParser(BigInt)
        .conflicts('at'),
    )
    .option(...ORG)
    .addHelpText(
      'after',
      `
Ends with 1 when something is served that is not what the log says.
${examples('sla audit replay', 'sla audit replay --at 2026-03-03', 'sla audit replay --json')}`,
    )
    .action(({ org, at, position, json }: Options) =>
      withSession(async ({ core, caughtUp }) => {
        const orgId = await organizationOf(core, org);
        await caughtUp();
        const replay = await core.auditReplay.replay(orgId, {
          ...(at !== undefined && { at }),
          ...(position !== undefined && { position }),
        });
        if (json) printJson(replay);
        else print(textOf(replay));
        const { length } = replay.differences;
        if (length > 0)
          throw new CliError(
            'CONFLICT',
            `${length} ${length === 1 ? 'document is' : 'documents are'} not what the log says. Look into how that came about; then: sla projections rebuild`,
          );
      }),
    );
};

const textOf = ({ position, events, matrix, stateHash, differences }: AuditReplay): string =>
  [
    `As known at ${matrix.knownAt}: ${events} events, the last at position ${position}.`,
    `State ${stateHash}`,
    '',
    table(
      ['TIER', 'RANK', 'VERSION', 'APPROVED BY'],
      matrix.tiers.map(({ key, rank, version }) => [
        ...[key, String(rank), String(version.number), version.approvedBy.join(', ')],
      ]),
    ),
    ...(differences.length === 0
      ? []
      : [
          '',
          table(
            ['READ MODEL', 'DOCUMENT'],
            differences.map(({ readModel, id }) => [readModel, id]),
          ),
        ]),
  ].join('\n');
