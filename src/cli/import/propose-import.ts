import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { StartedImport } from '../../application/import/import-service.js';
import { CHANGES } from '../../application/read-models/changes.read-model.js';
import { documentKey } from '../../application/read-models/document-key.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { streamOf } from '../../domain/shared/streams.js';
import { operatorName } from '../administration.js';
import { CliError } from '../failure.js';
import { say } from '../output.js';
import { startProgress } from '../progress.js';
import type { Session } from '../session.js';
import { ImportReport } from './import-report.js';
import { sheetBytes } from './sheet-bytes.js';
import type { ColumnMap } from './column-map.js';

export interface AskedImport {
  readonly file: string;
  readonly orgId: string;
  readonly columns?: ColumnMap;
  readonly dateOrder?: string;
  readonly reason?: string;
  readonly by?: string;
}

export interface ProposedImport {
  readonly id: string;
  readonly changeId: string;
  readonly revision: number;
  readonly report: ImportReport;
}

const LOOK_MS = 200;

/** Proposes a sheet, and analyses it to its end. @throws DomainError; CliError FAILED when the sheet cannot be read on */
export const proposeImport = async (session: Session, asked: AskedImport): Promise<ProposedImport> => {
  const { orgId } = asked;
  const { bytes, lines } = await sheetBytes(asked.file);
  const { importId, changeId } = await started(session, asked, bytes);
  // The analysis waits for the read models to know of the proposal.
  await session.caughtUp();
  const stream = streamOf(orgId, { kind: 'IMPORT', id: importId });
  await analysed(session, stream, lines());
  return { id: importId, changeId, ...(await reportOf(session, stream)) };
};

const started = async (
  session: Session,
  { orgId, columns, dateOrder, reason, by = operatorName() }: AskedImport,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Pick<StartedImport, 'importId' | 'changeId'>> => {
  const principal = { subject: by, orgId, roles: ['member'], kind: 'user', scopes: [] } as const;
  try {
    return await session.core.imports.start({
      context: { principal, via: 'cli', correlationId: randomUUID() },
      bytes,
      source: 'cli',
      columns,
      ...(dateOrder !== undefined && { dateOrder }),
      ...(reason !== undefined && { reason }),
    });
  } catch (error) {
    return resumed(session, orgId, error);
  }
};

/** Goes on with an import of the same sheet that was cut off in the middle; anything else stays refused. */
const resumed = async ({ core }: Session, orgId: string, error: unknown) => {
  const changeId = error instanceof DomainError && error.code === 'DUPLICATE' ? error.existingId : undefined;
  const change = changeId === undefined ? null : await core.reads.get(CHANGES, documentKey(orgId, changeId));
  if (!change || (await isAnalysed(core, streamOf(orgId, change.subject)))) throw error;
  say('This sheet was proposed before, but not analysed to its end. Going on with it.');
  await core.imports.recover();
  return { importId: change.subject.id, changeId: change.changeId };
};

const isAnalysed = async ({ events }: Session['core'], stream: string): Promise<boolean> => {
  for await (const { type } of events.readStream(stream))
    if (type === 'ImportAnalysed' || type === 'ImportFailed') return true;
  return false;
};

const analysed = async ({ core }: Session, stream: string, lines: number): Promise<void> => {
  const progress = await startProgress('Analysing', lines);
  const idle = core.imports.idle().then(() => true);
  try {
    while (!(await Promise.race([idle, setTimeout(LOOK_MS, false)]))) {
      const last = await core.events.readLast(stream);
      if (last?.type === 'ImportRowsStaged') progress.update(last.data.rows.at(-1)?.record ?? 0);
    }
  } finally {
    progress.stop();
  }
};

const reportOf = async (
  { core }: Session,
  stream: string,
): Promise<Pick<ProposedImport, 'report' | 'revision'>> => {
  const report = new ImportReport();
  let revision = 1;
  for await (const { type, data } of core.events.readStream(stream)) {
    if (type === 'ChangeRevised') revision = data.revision;
    if (type === 'ImportFailed')
      throw new CliError('FAILED', `The sheet cannot be imported: ${data.message}`);
    if (type === 'ImportRowsStaged') for (const row of data.rows) report.add(row);
  }
  return { report, revision };
};
