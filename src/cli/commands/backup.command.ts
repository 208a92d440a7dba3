import type { Command } from 'commander';
import { examples, leaf } from '../arguments.js';
import { embeddedDataDir } from '../embedded.js';
import { print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
}

export const backupCommand = (program: Command): void => {
  leaf(
    program,
    'backup <file>',
    'copy the embedded log, its keys and sheets into one file, also while the server runs',
  )
    .addHelpText(
      'after',
      `
The file holds keys and everybody's data: keep it as safe as the data folder. Read models are not in it, for they are
built from the log.
${examples('sla backup /backups/sla-2026-03-03.db', 'DATA_DIR=/var/lib/sla sla backup sla.db --json')}`,
    )
    .action(async (file: string, { json }: Options) => {
      const [{ createBackup }, { SystemClock }] = await Promise.all([
        import('../../infrastructure/backup/create-backup.js'),
        import('../../infrastructure/system-clock.js'),
      ]);
      const report = await createBackup(await embeddedDataDir(), file, new SystemClock());
      if (json) return printJson({ file, ...report });
      const { position, files, bytes } = report;
      print(
        `${file}: the log up to position ${position} and ${files.length} files, ${bytes} bytes, verified.`,
      );
    });
};
