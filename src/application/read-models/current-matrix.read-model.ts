import type { VersionMark } from '../../domain/binding/marks.js';
import type { ReadModel } from '../ports/read-store.js';

/** The versions of one tier, coverage or approval policy, less their contents. */
export interface MatrixDocument {
  readonly orgId: string;
  readonly kind: 'TIER' | 'COVERAGE' | 'APPROVAL_POLICY';
  readonly key: string;
  /** As first written. */
  readonly id: string;
  readonly versions: readonly VersionMark[];
}

export const CURRENT_MATRIX: ReadModel<MatrixDocument> = {
  name: 'current-matrix',
  version: 1,
  indexes: { byKind: ['orgId', 'kind', 'key'] },
};
