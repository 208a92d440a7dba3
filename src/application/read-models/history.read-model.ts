import type { ApprovedVersion } from '../../domain/change/change.events.js';
import type { SubjectKind } from '../../domain/change/content.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel } from '../ports/read-store.js';

/** One approved version, whole. Once written it never changes. */
export interface VersionDocument {
  readonly orgId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly number: number;
  readonly version: ApprovedVersion;
  readonly changeId: string;
  readonly recordedAt: Instant;
  readonly position: string;
}

export const HISTORY: ReadModel<VersionDocument> = {
  name: 'history',
  version: 2,
  indexes: {
    bySubject: ['orgId', 'subjectKind', 'subjectKey', 'number'],
    /** The feed: what an organization approved, in log order, without looking through what others did. */
    byPosition: ['orgId', 'position'],
  },
};
