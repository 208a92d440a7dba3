import type { SubjectKind } from '../../src/domain/change/content.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import {
  CURRENT_MATRIX,
  type MatrixDocument,
  type SettingsDocument,
} from '../../src/application/read-models/current-matrix.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion, markOf } from '../approved-version.js';

const isOfMatrix = (kind: SubjectKind): kind is MatrixDocument['kind'] =>
  kind === 'TIER' || kind === 'COVERAGE' || kind === 'APPROVAL_POLICY';

/**
 * What every lookup of an organization needs: tiers, coverages and approval policies with the places of their versions
 * on both time axes, and the organization's settings.
 */
export const currentMatrixProjection: Projection<MatrixDocument | SettingsDocument> = {
  model: CURRENT_MATRIX,
  types: [...VERSION_EVENTS, 'SettingsChanged'],
  keys: (event) => {
    const { orgId } = event.metadata;
    if (event.type === 'SettingsChanged') return [documentKey(orgId, 'SETTINGS')];
    const subject = approvedVersion(event)?.subject;
    if (!subject || !isOfMatrix(subject.kind)) return [];
    return [documentKey(orgId, subject.kind, identifierKey(subject.id))];
  },
  evolve: (document, event) => {
    const { orgId } = event.metadata;
    if (event.type === 'SettingsChanged') {
      const earlier = document?.kind === 'SETTINGS' ? document.rules : [];
      const rules = [...earlier, { ...event.data, recordedAt: event.recordedAt }];
      return { orgId, kind: 'SETTINGS', key: '', rules };
    }
    const version = approvedVersion(event);
    if (!version || !isOfMatrix(version.subject.kind) || document?.kind === 'SETTINGS') return document;
    const mark = markOf(version, event);
    if (document) return { ...document, versions: [...document.versions, mark] };
    const { kind, id } = version.subject;
    return { orgId, kind, key: identifierKey(id), id, versions: [mark] };
  },
};
