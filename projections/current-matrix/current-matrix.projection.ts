import type { SubjectKind } from '../../src/domain/change/content.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import {
  CURRENT_MATRIX,
  type MatrixDocument,
} from '../../src/application/read-models/current-matrix.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import type { Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion, markOf } from '../approved-version.js';

const isOfMatrix = (kind: SubjectKind): kind is MatrixDocument['kind'] =>
  kind === 'TIER' || kind === 'COVERAGE' || kind === 'APPROVAL_POLICY';

/** Tiers, coverages and approval policies with the places of their versions on both time axes. */
export const currentMatrixProjection: Projection<MatrixDocument> = {
  model: CURRENT_MATRIX,
  types: VERSION_EVENTS,
  keys: (event) => {
    const subject = approvedVersion(event)?.subject;
    if (!subject || !isOfMatrix(subject.kind)) return [];
    return [documentKey(event.metadata.orgId, subject.kind, identifierKey(subject.id))];
  },
  evolve: (document, event) => {
    const version = approvedVersion(event);
    if (!version || !isOfMatrix(version.subject.kind)) return document;
    const mark = markOf(version, event);
    if (document) return { ...document, versions: [...document.versions, mark] };
    const { kind, id } = version.subject;
    return { orgId: event.metadata.orgId, kind, key: identifierKey(id), id, versions: [mark] };
  },
};
