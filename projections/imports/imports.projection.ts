import type { RecordedEvent } from '../../src/domain/events.js';
import type { RowOutcome, StagedRow } from '../../src/domain/import/import.events.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import {
  IMPORTS,
  type ImportDocument,
  type ImportRowsDocument,
} from '../../src/application/read-models/imports.read-model.js';
import type { Projection } from '../runtime/projection.js';

type AnyDocument = ImportDocument | ImportRowsDocument;

/** Imports with how far they are, and beside each its rows in the runs they were staged in. */
export const importsProjection: Projection<AnyDocument> = {
  model: IMPORTS,
  types: [
    'ChangeProposed',
    'ImportRowsStaged',
    'ImportAnalysed',
    'ImportFailed',
    'ChangeApproved',
    'ImportProgressed',
  ],
  keys: (event) => {
    const importId = importIdOf(event);
    if (importId === null) return [];
    const { orgId } = event.metadata;
    const key = documentKey(orgId, importId);
    return event.type === 'ImportRowsStaged' && event.data.rows.length > 0
      ? [key, rowsKey(orgId, importId, event.data.rows)]
      : [key];
  },
  evolve: (document, event, key) => {
    if (event.type === 'ChangeProposed') return document ?? proposed(event);
    const importId = importIdOf(event);
    if (
      event.type === 'ImportRowsStaged' &&
      importId !== null &&
      key !== documentKey(event.metadata.orgId, importId)
    )
      return document ?? rowsOf(event);
    return document?.type === 'import' ? evolveImport(document, event) : document;
  },
};

const importIdOf = (event: RecordedEvent): string | null => {
  switch (event.type) {
    case 'ImportRowsStaged':
    case 'ImportAnalysed':
    case 'ImportFailed':
    case 'ImportProgressed':
      return event.data.importId;
    case 'ChangeProposed':
      return 'importId' in event.data.content ? event.data.content.importId : null;
    case 'ChangeApproved':
      return 'importId' in event.data.version.content ? event.data.version.content.importId : null;
    default:
      return null;
  }
};

/** Padded, so that the runs of an import lie in the order of its records. */
const rowsKey = (orgId: string, importId: string, rows: readonly StagedRow[]): string =>
  documentKey(orgId, importId, String(rows[0]?.record ?? 0).padStart(9, '0'));

const proposed = (event: Extract<RecordedEvent, { type: 'ChangeProposed' }>): ImportDocument | null => {
  const { changeId, content } = event.data;
  if (!('importId' in content)) return null;
  return {
    type: 'import',
    orgId: event.metadata.orgId,
    importId: content.importId,
    changeId,
    status: 'ANALYSING',
    columns: content.columns,
    total: 0,
    applied: 0,
    counts: {},
    skipped: 0,
  };
};

const rowsOf = (event: Extract<RecordedEvent, { type: 'ImportRowsStaged' }>): ImportRowsDocument => {
  const { importId, rows } = event.data;
  const first = rows[0]?.record ?? 0;
  return { type: 'rows', orgId: event.metadata.orgId, importId, first, rows, counts: counted({}, rows) };
};

const evolveImport = (document: ImportDocument, event: RecordedEvent): ImportDocument => {
  switch (event.type) {
    case 'ImportRowsStaged': {
      const { rows } = event.data;
      return {
        ...document,
        total: rows.at(-1)?.record ?? document.total,
        counts: counted(document.counts, rows),
      };
    }
    case 'ImportAnalysed':
      return { ...document, status: 'READY', total: event.data.total, counts: event.data.counts };
    case 'ImportFailed':
      return { ...document, status: 'FAILED', failure: event.data.message };
    case 'ChangeApproved':
      return { ...document, status: 'APPLYING' };
    case 'ImportProgressed': {
      const { applied, skipped, done } = event.data;
      return {
        ...document,
        status: done ? 'APPLIED' : 'APPLYING',
        applied,
        skipped: document.skipped + skipped.length,
      };
    }
    default:
      return document;
  }
};

const counted = (before: ImportDocument['counts'], rows: readonly StagedRow[]): ImportDocument['counts'] => {
  const counts: Partial<Record<RowOutcome, number>> = { ...before };
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};
