import type { EventType, RecordedEvent } from '../../src/domain/events.js';
import { INITIAL_SETTINGS } from '../../src/domain/organization/organization.state.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import {
  AUDIT,
  type AuditDocument,
  type AuditEntryDocument,
  type AuditMemberDocument,
} from '../../src/application/read-models/audit.read-model.js';
import { documentKey, positionText } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { subjectOfStream } from './subject-of-stream.js';
import { whatChanged } from './what-changed.js';

/**
 * Everything that somebody may have to answer for. Claims of idempotency keys say nothing that their commands do not, and
 * how far a delivery has got is nobody's doing.
 */
const AUDITED: readonly EventType[] = [
  'ChangeProposed',
  'ChangeRevised',
  'ApprovalGiven',
  'ChangeApproved',
  'ChangeRejected',
  'ChangeWithdrawn',
  'ChangeExpired',
  'ChangeCommented',
  'ImportRowApplied',
  'ExceptionAcknowledged',
  'ImportStarted',
  'ImportRowsStaged',
  'ImportAnalysed',
  'ImportFailed',
  'ImportProgressed',
  'OrganizationCreated',
  'PersonAdded',
  'PasswordSet',
  'ApiKeyCreated',
  'ApiKeyRevoked',
  'SettingsChanged',
  'ActionRefused',
  'WebhookCreated',
  'WebhookDisabled',
  'WebhookResumed',
  'WebhookDeleted',
  'WebhookSecretReplaced',
  'DeliveryAbandoned',
  'RedeliveryRequested',
  'RedeliveryAttempted',
];

/** What happened, event by event, as an auditor asks for it: by whom, about what, from what to what. */
export const auditProjection: Projection<AuditDocument> = {
  model: AUDIT,
  types: AUDITED,
  keys: (event) => [memberKey(event) ?? entryKey(event)],
  evolve: (document, event) =>
    memberKey(event) === null ? (document ?? entry(event, {})) : member(document, event),
  derive: (before, after, event) =>
    memberKey(event) === null
      ? []
      : [
          {
            key: entryKey(event),
            document: entry(event, { before: stateOf(before) ?? startOf(event), after: stateOf(after) }),
          },
        ],
};

const entryKey = ({ metadata, position }: RecordedEvent): string =>
  documentKey(metadata.orgId, 'entry', positionText(position));

/** The person, key or settings whose state before is to be remembered; null for every other event. */
const memberKey = ({ type, data, metadata }: RecordedEvent): string | null => {
  if (type === 'PersonAdded') return documentKey(metadata.orgId, 'member', 'person', data.email);
  if (type === 'ApiKeyCreated' || type === 'ApiKeyRevoked')
    return documentKey(metadata.orgId, 'member', 'key', data.keyId);
  if (type === 'SettingsChanged') return documentKey(metadata.orgId, 'member', 'settings');
  return null;
};

const member = (document: AuditDocument | null, event: RecordedEvent): AuditMemberDocument | null => {
  const { orgId } = event.metadata;
  switch (event.type) {
    case 'PersonAdded':
    case 'SettingsChanged':
      return { type: 'member', orgId, state: event.data };
    case 'ApiKeyCreated': {
      const { hash: _, ...state } = event.data;
      return { type: 'member', orgId, state };
    }
    case 'ApiKeyRevoked':
      return null;
    default:
      return document?.type === 'member' ? document : null;
  }
};

const stateOf = (document: AuditDocument | null): object | undefined =>
  document?.type === 'member' ? document.state : undefined;

/** The state that nobody has written down. */
const startOf = ({ type }: RecordedEvent): object | undefined =>
  type === 'SettingsChanged' ? INITIAL_SETTINGS : undefined;

type States = Pick<AuditEntryDocument, 'before' | 'after' | 'version' | 'beforeVersion'>;

const entry = (event: RecordedEvent, states: { before?: object | undefined; after?: object | undefined }) => {
  const { id, type, recordedAt, position, metadata } = event;
  const { before, after } = states;
  const changed: States = {
    ...whatChanged(event),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  const reason = reasonOf(event);
  return {
    type: 'entry' as const,
    orgId: metadata.orgId,
    position: positionText(position),
    eventId: id,
    eventType: type,
    recordedAt,
    actor: metadata.actor,
    roles: metadata.roles,
    ...about(event),
    ...(reason !== undefined && { reason }),
    ...changed,
    correlationId: metadata.$correlationId,
    causationId: metadata.$causationId,
    commandId: metadata.commandId,
    ...(metadata.via !== undefined && { via: metadata.via }),
  };
};

const about = (
  event: RecordedEvent,
): Pick<AuditEntryDocument, 'subject' | 'subjectKind' | 'subjectKey' | 'changeId'> => {
  const { data, stream } = event;
  const subject = 'version' in data ? data.version.subject : 'subject' in data ? data.subject : undefined;
  const place = subject
    ? { kind: subject.kind, key: subject.kind === 'APPROVAL_POLICY' ? 'policy' : identifierKey(subject.id) }
    : subjectOfStream(stream);
  const changeId =
    'changeId' in data ? data.changeId : 'triedChangeId' in data ? data.triedChangeId : undefined;
  return {
    ...(subject && { subject }),
    ...(place && { subjectKind: place.kind, subjectKey: place.key }),
    ...(changeId !== undefined && { changeId }),
  };
};

const reasonOf = ({ data, metadata }: RecordedEvent): string | undefined => {
  if (metadata.reason !== undefined) return metadata.reason;
  if ('version' in data) return data.version.reason;
  return 'reason' in data ? data.reason : undefined;
};
