import type { Command } from 'commander';
import { examples, leaf } from '../arguments.js';
import { embeddedDataDir } from '../embedded.js';
import { print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
}

export const restoreCommand = (program: Command): void => {
  leaf(program, 'restore <file>', 'bring a backup into an empty data folder')
    .addHelpText('after', examples('DATA_DIR=/var/lib/sla-new sla restore /backups/sla-2026-03-03.db'))
    .action(async (file: string, { json }: Options) => {
      const { restoreBackup } = await import('../../infrastructure/backup/restore-backup.js');
      const dataDir = await embeddedDataDir();
      const report = await restoreBackup(file, dataDir);
      if (json) return printJson({ dataDir, ...report });
      const { position, createdAt, files } = report;
      print(
        `${dataDir}: the log up to position ${position} as of ${createdAt}, and ${files.length} files, verified. The next start builds the read models.`,
      );
    });
};
