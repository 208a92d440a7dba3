import { describe, expect, it } from '@jest/globals';
import type { AnyEvent, RecordedEvent } from '../../src/domain/events.js';
import type { StagedRow } from '../../src/domain/import/import.events.js';
import { recorded } from '../../test/support/given-subject.js';
import { importsProjection as projection } from './imports.projection.js';

const importId = 'i1';
const content = {
  importId,
  sheet: 'REFERENCE',
  sha256: 'ab',
  columns: { Kunde: 'customerId' },
  dateOrder: 'year-first',
} as const;
const proposed: AnyEvent = {
  type: 'ChangeProposed',
  data: {
    changeId: 'c1',
    kind: 'IMPORT',
    subject: { kind: 'IMPORT', id: importId },
    revision: 1,
    content,
    baseVersion: 0,
  },
};
const row = (record: number, outcome: StagedRow['outcome']): StagedRow => ({ record, outcome });
const staged = (...rows: StagedRow[]): AnyEvent => ({ type: 'ImportRowsStaged', data: { importId, rows } });
const analysed: AnyEvent = {
  type: 'ImportAnalysed',
  data: { importId, total: 3, counts: { CREATE: 2, INVALID: 1 } },
};
const approved: AnyEvent = {
  type: 'ChangeApproved',
  data: {
    changeId: 'c1',
    revision: 1,
    approver: 'ada',
    version: {
      number: 1,
      kind: 'IMPORT',
      subject: { kind: 'IMPORT', id: importId },
      content,
      effectiveFrom: '2026-07-01T10:00:00.000Z',
      proposedBy: 'mia',
      approvedBy: ['ada'],
      backdated: false,
      selfApproved: false,
      timeZone: 'Europe/Berlin',
    },
  },
};
const progressed = (applied: number, done: boolean, skipped = 0): AnyEvent => ({
  type: 'ImportProgressed',
  data: {
    importId,
    applied,
    done,
    skipped: Array.from({ length: skipped }, (_, i) => ({ record: i + 1, message: 'has changed' })),
  },
});

/** Given these events, the read model holds these documents. */
const given = (...events: readonly AnyEvent[]) => {
  const documents = new Map<string, unknown>();
  events.forEach((event, i) => {
    const at: RecordedEvent = recorded(event, { actor: 'mia', position: BigInt(i + 1) });
    for (const key of projection.keys(at)) {
      const document = projection.evolve((documents.get(key) ?? null) as never, at, key);
      if (document) documents.set(key, document);
    }
  });
  return {
    then: (expected: Record<string, object>) => expect(Object.fromEntries(documents)).toMatchObject(expected),
    documents,
  };
};

describe('the imports read model', () => {
  it('has an import from its proposal on', () =>
    given(proposed).then({
      'acme/i1': {
        status: 'ANALYSING',
        changeId: 'c1',
        columns: { Kunde: 'customerId' },
        total: 0,
        counts: {},
        skipped: 0,
      },
    }));

  it('keeps rows in the runs they were staged in, and counts them', () =>
    given(proposed, staged(row(1, 'CREATE'), row(2, 'INVALID')), staged(row(3, 'CREATE'))).then({
      'acme/i1': { status: 'ANALYSING', total: 3, counts: { CREATE: 2, INVALID: 1 } },
      'acme/i1/000000001': { type: 'rows', first: 1, rows: [row(1, 'CREATE'), row(2, 'INVALID')] },
      'acme/i1/000000003': { type: 'rows', first: 3, counts: { CREATE: 1 } },
    }));

  it('is ready when every row is analysed', () =>
    given(proposed, analysed).then({
      'acme/i1': { status: 'READY', total: 3, counts: { CREATE: 2, INVALID: 1 } },
    }));

  it('says why a sheet could not be read', () =>
    given(proposed, { type: 'ImportFailed', data: { importId, message: 'torn' } }).then({
      'acme/i1': { status: 'FAILED', failure: 'torn' },
    }));

  it('follows the applying to its end', () => {
    given(proposed, analysed, approved).then({ 'acme/i1': { status: 'APPLYING', applied: 0 } });
    given(proposed, analysed, approved, progressed(2, false, 1)).then({
      'acme/i1': { status: 'APPLYING', applied: 2, skipped: 1 },
    });
    given(proposed, analysed, approved, progressed(2, false, 1), progressed(3, true, 1)).then({
      'acme/i1': { status: 'APPLIED', applied: 3, skipped: 2 },
    });
  });

  it('passes over changes that are no imports', () => {
    const remap: AnyEvent = {
      type: 'ChangeProposed',
      data: {
        changeId: 'c2',
        kind: 'REMAP',
        subject: { kind: 'CUSTOMER', id: 'C' },
        revision: 1,
        content: { customerId: 'C', toTier: 'gold' },
        baseVersion: 0,
      },
    };
    expect(given(remap).documents.size).toBe(0);
  });
});
