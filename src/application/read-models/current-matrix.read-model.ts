import type { RecordedRule } from '../../domain/binding/exception-rule.js';
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

/** What the organization has settled for itself, in the order it was recorded. */
export interface SettingsDocument {
  readonly orgId: string;
  readonly kind: 'SETTINGS';
  readonly key: string;
  readonly rules: readonly RecordedRule[];
}

export const CURRENT_MATRIX: ReadModel<MatrixDocument | SettingsDocument> = {
  name: 'current-matrix',
  version: 2,
  indexes: { byKind: ['orgId', 'kind', 'key'] },
};
