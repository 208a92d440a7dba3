import { identifierKey } from '../../src/domain/shared/identifier.js';
import { HISTORY, type VersionDocument } from '../../src/application/read-models/history.read-model.js';
import { documentKey, positionText } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion } from '../approved-version.js';

/** Every approved version of every subject, whole. */
export const historyProjection: Projection<VersionDocument> = {
  model: HISTORY,
  types: VERSION_EVENTS,
  keys: (event) => {
    const version = approvedVersion(event);
    if (!version) return [];
    const { kind, id } = version.subject;
    return [documentKey(event.metadata.orgId, kind, identifierKey(id), String(version.number))];
  },
  evolve: (document, event) => {
    const version = approvedVersion(event);
    if (document || !version || !('changeId' in event.data)) return document;
    return {
      orgId: event.metadata.orgId,
      subjectKind: version.subject.kind,
      subjectKey: identifierKey(version.subject.id),
      number: version.number,
      version,
      changeId: event.data.changeId,
      recordedAt: event.recordedAt,
      position: positionText(event.position),
    };
  },
};
