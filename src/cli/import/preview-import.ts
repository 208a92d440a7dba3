import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SheetLayout } from '../../domain/import/sheet-record.js';
import { FileSheetStore } from '../../infrastructure/sheet/file-sheet-store.js';
import { startProgress } from '../progress.js';
import type { Session } from '../session.js';
import { ImportReport } from './import-report.js';
import type { AskedImport } from './propose-import.js';
import { sheetBytes } from './sheet-bytes.js';

/** Says what an import would do. The log stays as it is, and so does the data folder. */
export const previewImport = async (
  { core }: Session,
  { file, orgId, columns, dateOrder }: AskedImport,
): Promise<{ readonly layout: SheetLayout; readonly report: ImportReport }> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-preview-'));
  try {
    const { bytes } = await sheetBytes(file);
    const request = { bytes, columns, ...(dateOrder !== undefined && { dateOrder }) };
    const { layout, total, rows } = await core.importPreview.of(orgId, request, new FileSheetStore(folder));
    const report = new ImportReport();
    const progress = await startProgress('Analysing', total);
    try {
      for await (const row of rows) {
        report.add(row);
        progress.update(report.total);
      }
    } finally {
      progress.stop();
    }
    return { layout, report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
