import type { Command } from 'commander';
import { examples, leaf } from '../arguments.js';
import { CliError } from '../failure.js';
import { print, printJson, say, table } from '../output.js';
import { startProgress } from '../progress.js';
import { withSession, type Session } from '../session.js';

interface Options {
  readonly json?: true;
}

export const projectionCommands = (program: Command): void => {
  const projections = program.command('projections').description('read models');
  leaf(projections, 'status', 'how far each read model reflects the log')
    .addHelpText('after', examples('sla projections status', 'sla projections status --json'))
    .action(({ json }: Options) => withSession(({ core }) => status(core, json)));
  leaf(projections, 'rebuild [name]', 'build one read model anew from the log, or all of them, and switch')
    .addHelpText(
      'after',
      `
Built beside the live one, which goes on serving, also that of a running server; readers are switched
when the new one has caught up.
${examples('sla projections rebuild', 'sla projections rebuild customers')}`,
    )
    .action((name: string | undefined, { json }: Options) =>
      withSession(({ core }) => rebuild(core, name, json)),
    );
};

const status = async ({ runtime }: Session['core'], json: true | undefined): Promise<void> => {
  const models = await runtime.status();
  if (json) return printJson(models);
  const rows = models.map(({ name, version, state, checkpoint, head, lag, error }) => [
    ...[name, String(version), state, String(checkpoint ?? 'nothing yet')],
    ...[String(head ?? 'unknown'), String(lag ?? 'unknown'), error ?? ''],
  ]);
  print(table(['READ MODEL', 'VERSION', 'STATE', 'REFLECTS', 'LOG', 'BEHIND', ''], rows));
};

const rebuild = async (
  { runtime }: Session['core'],
  name: string | undefined,
  json: true | undefined,
): Promise<void> => {
  const known = (await runtime.status()).map((model) => model.name);
  if (name !== undefined && !known.includes(name))
    throw new CliError('NOT_FOUND', `There is no read model ${name}. There are: ${known.join(', ')}.`);
  const rebuilt: { readonly name: string; readonly seconds: number }[] = [];
  for (const model of name === undefined ? known : [name]) {
    const began = performance.now();
    const progress = await startProgress(model, 1);
    try {
      await runtime.rebuild(model, {
        onProgress: ({ position, head }) => progress.update(Number(position), Number(head)),
      });
    } finally {
      progress.stop();
    }
    const seconds = Math.round(performance.now() - began) / 1000;
    rebuilt.push({ name: model, seconds });
    if (!json) say(`${model}: rebuilt and switched in ${seconds.toFixed(1)} s.`);
  }
  if (json) printJson(rebuilt);
  else print(`${rebuilt.length} ${rebuilt.length === 1 ? 'read model' : 'read models'} rebuilt.`);
};
