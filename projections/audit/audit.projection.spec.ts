import { describe, expect, it } from '@jest/globals';
import type { EventType, RecordedEvent } from '../../src/domain/events.js';
import type {
  AuditDocument,
  AuditEntryDocument,
} from '../../src/application/read-models/audit.read-model.js';
import { fold } from '../runtime/fold.js';
import { auditProjection } from './audit.projection.js';
import { subjectOfStream } from './subject-of-stream.js';

type DataOf<T extends EventType> = Extract<RecordedEvent, { type: T }>['data'];

let position = 0n;
const happened = <T extends EventType>(
  type: T,
  data: DataOf<T>,
  stream = 'tier-demo.gold',
  metadata: Partial<RecordedEvent['metadata']> = {},
): RecordedEvent =>
  ({
    id: `event-${++position}`,
    type,
    data,
    stream,
    revision: position,
    position,
    recordedAt: '2026-03-01T09:00:00.000Z',
    metadata: {
      orgId: 'demo',
      actor: 'ada',
      roles: ['admin'],
      commandId: 'command-1',
      $correlationId: 'correlation-1',
      $causationId: 'command-1',
      schemaVersion: 1,
      via: 'graphql',
      ...metadata,
    },
  }) as RecordedEvent;

const entriesOf = (...events: RecordedEvent[]): AuditEntryDocument[] =>
  fold<AuditDocument>(auditProjection, events, new Map())
    .map(({ document }) => document)
    .filter((document) => document?.type === 'entry')
    .sort((a, b) => (a.position < b.position ? -1 : 1));

const GOLD = { kind: 'TIER', id: 'Gold' } as const;
const CONTENT = {
  key: 'Gold',
  name: 'Gold',
  rank: 1,
  terms: { commitments: [], channels: [], features: [] },
};
const VERSION = {
  number: 3,
  kind: 'TIER_TERMS',
  subject: GOLD,
  content: CONTENT,
  effectiveFrom: '2026-03-01T09:00:00.000Z',
  proposedBy: 'mia',
  approvedBy: ['ada'],
  reason: 'Renewal',
  backdated: false,
  selfApproved: false,
  timeZone: 'Europe/Berlin',
} as const;

describe('the audit log', () => {
  it('says who proposed what, and against which version', () => {
    const [entry] = entriesOf(
      happened('ChangeProposed', {
        changeId: 'ch-1',
        kind: 'TIER_TERMS',
        subject: GOLD,
        revision: 1,
        content: CONTENT,
        effectiveFrom: '2026-04-01T00:00:00.000Z',
        baseVersion: 2,
        reason: 'Renewal',
      }),
    );
    expect(entry).toMatchObject({
      eventType: 'ChangeProposed',
      actor: 'ada',
      roles: ['admin'],
      subject: GOLD,
      subjectKey: 'gold',
      changeId: 'ch-1',
      reason: 'Renewal',
      beforeVersion: 2,
      after: { ...CONTENT, effectiveFrom: '2026-04-01T00:00:00.000Z' },
      commandId: 'command-1',
      correlationId: 'correlation-1',
      via: 'graphql',
    });
  });

  it('points at versions instead of copying them', () => {
    const approved = happened('ChangeApproved', {
      changeId: 'ch-1',
      revision: 1,
      approver: 'ada',
      version: VERSION,
    });
    const applied = happened('ImportRowApplied', {
      changeId: 'ch-2',
      importId: 'i-1',
      record: 7,
      version: VERSION,
    });
    for (const entry of entriesOf(approved, applied)) {
      expect(entry).toMatchObject({ version: 3, beforeVersion: 2, subject: GOLD, reason: 'Renewal' });
      expect(JSON.stringify(entry)).not.toContain('commitments');
    }
  });

  it('sums a run of imported rows up', () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ record: i + 501, outcome: 'CREATE' as const }));
    const [entry] = entriesOf(happened('ImportRowsStaged', { importId: 'i-1', rows }, 'import-demo.i-1'));
    expect(entry).toMatchObject({
      subjectKind: 'IMPORT',
      subjectKey: 'i-1',
      after: { records: 500, first: 501 },
    });
    expect(JSON.stringify(entry).length).toBeLessThan(700);
  });

  it('shows the roles that a person had before, over batches too', () => {
    const added = happened('PersonAdded', { email: 'mia', name: 'Mia', roles: ['member'] }, 'org-demo');
    const promoted = happened('PersonAdded', { email: 'mia', name: 'Mia', roles: ['admin'] }, 'org-demo');
    const stored = new Map(
      fold<AuditDocument>(auditProjection, [added], new Map()).map(({ key, document }) => [key, document!]),
    );
    const later = fold<AuditDocument>(auditProjection, [promoted], stored).map(({ document }) => document);
    const expected = {
      before: { email: 'mia', name: 'Mia', roles: ['member'] },
      after: { roles: ['admin'] },
    };
    expect(later).toContainEqual(
      expect.objectContaining({ type: 'entry', ...expected, after: promoted.data }),
    );
    expect(entriesOf(added, promoted)[1]).toMatchObject(expected);
    expect(entriesOf(added, promoted)[0]).not.toHaveProperty('before');
  });

  it('keeps no secret', () => {
    const entries = entriesOf(
      happened('PasswordSet', { email: 'mia', hash: 'SECRET' }, 'org-demo'),
      happened(
        'ApiKeyCreated',
        { keyId: 'k', name: 'Desk', hash: 'SECRET', scopes: ['feed:read'] },
        'org-demo',
      ),
      happened('ApiKeyRevoked', { keyId: 'k' }, 'org-demo'),
    );
    expect(JSON.stringify(entries)).not.toContain('SECRET');
    expect(entries[0]!.after).toEqual({ email: 'mia' });
    expect(entries[2]!.before).toEqual({ keyId: 'k', name: 'Desk', scopes: ['feed:read'] });
  });

  it('tells of what was tried in vain', () => {
    const data = {
      action: 'ApproveChange',
      code: 'NOT_FOUND',
      triedChangeId: 'ch-9',
      message: 'No.',
      omitted: 4,
    };
    const [entry] = entriesOf(happened('ActionRefused', data as DataOf<'ActionRefused'>, 'refusals-demo'));
    expect(entry).toMatchObject({
      changeId: 'ch-9',
      after: { action: 'ApproveChange', code: 'NOT_FOUND', message: 'No.', omitted: 4 },
    });
    expect(entry).not.toHaveProperty('subjectKind');
  });

  it('changes nothing when an event comes again', () => {
    const event = happened('ChangeCommented', { changeId: 'ch-1', revision: 1, text: 'Why?' });
    const stored = new Map(
      fold<AuditDocument>(auditProjection, [event], new Map()).map(({ key, document }) => [key, document!]),
    );
    expect(fold<AuditDocument>(auditProjection, [event], stored)).toEqual([]);
  });
});

describe('the subject of a stream', () => {
  it.each([
    ['tier-demo.gold', { kind: 'TIER', key: 'gold' }],
    ['customer-acme-corp.c-1%2F.x', { kind: 'CUSTOMER', key: 'c-1/.x' }],
    ['policy-demo', { kind: 'APPROVAL_POLICY', key: 'policy' }],
    ['org-demo', null],
    ['refusals-demo', null],
  ])('%s', (stream, subject) => {
    expect(subjectOfStream(stream)).toEqual(subject);
  });
});
