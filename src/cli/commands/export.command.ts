import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Argument, type Command } from 'commander';
import type { Export, ExportName } from '../../application/export/exporter.js';
import type { Cell } from '../../domain/import/export-rows.js';
import { AT, dated, examples, KNOWN_AT, leaf, ORG } from '../arguments.js';
import { organizationOf } from '../organization.js';
import { say } from '../output.js';
import { startProgress } from '../progress.js';
import { withSession } from '../session.js';

interface Options {
  readonly org?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly out?: string;
  readonly json?: true;
}

/** As the exporter has them; written out so that the help comes without loading it. */
const NAMES: readonly ExportName[] = ['matrix', 'customers', 'exceptions', 'audit'];

export const exportCommand = (program: Command): void => {
  leaf(program, 'export', 'write matrix, customers, exceptions or the audit log as CSV')
    .addArgument(new Argument('<what>').choices([...NAMES]))
    .option(...ORG)
    .option(...AT, dated)
    .option(...KNOWN_AT, dated)
    .option('--out <file>', 'write to a file instead of stdout')
    .addHelpText(
      'after',
      examples(
        'sla export matrix > matrix.csv',
        'sla export customers --at 2026-03-03 --known-at 2026-06-30 --out customers.csv',
        'sla export exceptions --json',
      ),
    )
    .action((what: ExportName, options: Options) =>
      withSession(async ({ core, caughtUp }) => {
        const orgId = await organizationOf(core, options.org);
        await caughtUp();
        const exported = await core.exporter.open(orgId, what, options);
        const { csvOf } = await import('../../application/export/exporter.js');
        const counting = new Counting(exported.records);
        const counted = { ...exported, records: counting };
        const pieces = options.json ? jsonOf(counted) : csvOf(counted);
        await write(pieces, options.out);
        if (options.out !== undefined) say(`${counting.count} records in ${options.out}.`);
      }),
    );
};

const write = async (pieces: AsyncIterable<string>, out: string | undefined): Promise<void> => {
  if (out === undefined) return pipeline(pieces, process.stdout, { end: false });
  const file = await open(out, 'w');
  const progress = await startProgress('Exporting', 1);
  try {
    let written = 0;
    for await (const piece of pieces) {
      written += (await file.write(piece)).bytesWritten;
      progress.update(written, written);
    }
    await file.close();
  } catch (error) {
    await file.close();
    // Half an export looks like a whole one.
    await rm(out, { force: true });
    throw error;
  } finally {
    progress.stop();
  }
};

class Counting implements AsyncIterable<readonly Cell[]> {
  count = 0;

  constructor(private readonly records: AsyncIterable<readonly Cell[]>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Cell[]> {
    for await (const record of this.records) {
      this.count++;
      yield record;
    }
  }
}

/** An array of objects, one a line. */
async function* jsonOf({ headings, records }: Export): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    yield before + JSON.stringify(Object.fromEntries(headings.map((name, i) => [name, record[i] ?? null])));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
