import type { RecordedEvent } from '../../src/domain/events.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import type { Proposal } from '../../src/domain/change/change.events.js';
import {
  CHANGES,
  type ChangeDocument,
  type ChangeStep,
} from '../../src/application/read-models/changes.read-model.js';
import { documentKey, positionText } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';

/** Every proposal with its life so far. */
export const changesProjection: Projection<ChangeDocument> = {
  model: CHANGES,
  types: [
    'ChangeProposed',
    'ChangeRevised',
    'ApprovalGiven',
    'ChangeApproved',
    'ChangeRejected',
    'ChangeWithdrawn',
    'ChangeExpired',
    'ChangeCommented',
  ],
  keys: (event) => ('changeId' in event.data ? [documentKey(event.metadata.orgId, event.data.changeId)] : []),
  evolve: (document, event) => {
    if (event.type === 'ChangeProposed') return document ?? proposed(event);
    return document && lived(document, event);
  },
};

const proposed = (event: Extract<RecordedEvent, { type: 'ChangeProposed' }>): ChangeDocument => {
  const { changeId, kind, subject, revision, reason } = event.data;
  return {
    orgId: event.metadata.orgId,
    changeId,
    kind,
    status: 'PROPOSED',
    subject,
    subjectKind: subject.kind,
    subjectKey: identifierKey(subject.id),
    revision,
    proposedBy: event.metadata.actor,
    proposedAt: event.recordedAt,
    proposedPosition: positionText(event.position),
    ...proposalOf(event.data),
    approvals: [],
    timeline: [step(event, 'PROPOSED', revision, reason)],
    position: positionText(event.position),
  };
};

const lived = (document: ChangeDocument, event: RecordedEvent): ChangeDocument => {
  const after = (changed: Partial<ChangeDocument>, ...steps: ChangeStep[]): ChangeDocument => ({
    ...document,
    ...changed,
    timeline: [...document.timeline, ...steps],
    position: positionText(event.position),
  });
  switch (event.type) {
    case 'ChangeRevised': {
      const {
        content: _,
        effectiveFrom: __,
        effectiveUntil: ___,
        reason: ____,
        expiresAt: _____,
        ...rest
      } = document;
      const { revision, reason } = event.data;
      const revised = { ...rest, ...proposalOf(event.data), revision, approvals: [] };
      return {
        ...revised,
        timeline: [...document.timeline, step(event, 'REVISED', revision, reason)],
        position: positionText(event.position),
      };
    }
    case 'ApprovalGiven': {
      const { approver, revision, comment } = event.data;
      return after(
        { approvals: [...document.approvals, approver] },
        step(event, 'APPROVAL', revision, comment),
      );
    }
    case 'ChangeApproved': {
      const { version, revision, comment } = event.data;
      return after(
        {
          status: 'APPROVED',
          approvals: version.approvedBy,
          decidedAt: event.recordedAt,
          versionNumber: version.number,
        },
        step(event, 'APPROVED', revision, comment),
      );
    }
    case 'ChangeRejected':
      return after(
        { status: 'REJECTED', decidedAt: event.recordedAt },
        step(event, 'REJECTED', event.data.revision, event.data.reason),
      );
    case 'ChangeWithdrawn':
      return after(
        { status: 'WITHDRAWN', decidedAt: event.recordedAt },
        step(event, 'WITHDRAWN', event.data.revision, event.data.reason),
      );
    case 'ChangeExpired':
      return after(
        { status: 'EXPIRED', decidedAt: event.recordedAt },
        step(event, 'EXPIRED', event.data.revision),
      );
    case 'ChangeCommented':
      return after({}, step(event, 'COMMENT', event.data.revision, event.data.text));
    default:
      return document;
  }
};

const proposalOf = ({
  content,
  effectiveFrom,
  effectiveUntil,
  reason,
  baseVersion,
  expiresAt,
}: Proposal & { readonly expiresAt?: string }) => ({
  content,
  ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  ...(effectiveUntil === undefined ? {} : { effectiveUntil }),
  ...(reason === undefined ? {} : { reason }),
  baseVersion,
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

const step = (
  event: RecordedEvent,
  kind: ChangeStep['kind'],
  revision: number,
  text?: string,
): ChangeStep => ({
  kind,
  actor: event.metadata.actor,
  at: event.recordedAt,
  ...(text === undefined ? {} : { text }),
  revision,
});
