import type { ChangeStatus } from '../../domain/change/change-status.js';
import type { ChangeKind, Subject } from '../../domain/change/content.js';
import type { Find } from '../ports/read-store.js';
import type { ChangeDocument } from '../read-models/changes.read-model.js';

export interface ChangeFilter {
  readonly status?: ChangeStatus;
  readonly kind?: ChangeKind;
  readonly proposedBy?: string;
  readonly subject?: Subject;
  /** Open, and the caller's approval would count. */
  readonly awaitingMe?: boolean;
}

/** What time has done to an open change counts before anybody has written it down. */
export const statusOf = ({ status, expiresAt }: ChangeDocument, now: string): ChangeStatus =>
  status === 'PROPOSED' && expiresAt !== undefined && expiresAt <= now ? 'EXPIRED' : status;

/** The index that leaves the least to look through. An expired change may still be recorded as open. */
export const indexFor = (
  orgId: string,
  { status, kind, proposedBy, subject, awaitingMe }: ChangeFilter,
  subjectKey: string | undefined,
): Pick<Find, 'index' | 'equals'> => {
  if (subject && subjectKey !== undefined)
    return { index: 'bySubject', equals: [orgId, subject.kind, subjectKey] };
  if (awaitingMe || status === 'PROPOSED') return { index: 'byStatus', equals: [orgId, 'PROPOSED'] };
  if (status !== undefined && status !== 'EXPIRED') return { index: 'byStatus', equals: [orgId, status] };
  if (proposedBy !== undefined) return { index: 'byProposer', equals: [orgId, proposedBy] };
  if (kind !== undefined) return { index: 'byKind', equals: [orgId, kind] };
  return { index: 'all', equals: [orgId] };
};
