import type { RecordedEvent } from '../events.js';
import type { ChangeStatus } from './change-status.js';
import { INITIAL_SUBJECT, type DecidedChange, type OpenChange, type SubjectState } from './subject.state.js';

/** The state of a subject after one more event of its stream. */
export const evolveSubject = (state: SubjectState, event: RecordedEvent): SubjectState => {
  switch (event.type) {
    case 'ChangeProposed':
      return withOpen(state, {
        ...event.data,
        proposedBy: event.metadata.actor,
        writtenAt: event.recordedAt,
        approvals: [],
      });
    case 'ChangeRevised': {
      const change = state.open.get(event.data.changeId);
      if (!change) return state;
      const { changeId, kind, subject, proposedBy } = change;
      return withOpen(state, {
        ...event.data,
        changeId,
        kind,
        subject,
        proposedBy,
        writtenAt: event.recordedAt,
        approvals: [],
      });
    }
    case 'ApprovalGiven': {
      const change = state.open.get(event.data.changeId);
      if (!change) return state;
      return withOpen(state, { ...change, approvals: [...change.approvals, event.data.approver] });
    }
    case 'ChangeApproved': {
      const approvals = event.data.version.approvedBy;
      return {
        ...decide(state, event.data.changeId, 'APPROVED', approvals),
        latest: event.data.version,
      };
    }
    case 'ChangeRejected':
      return decide(state, event.data.changeId, 'REJECTED');
    case 'ChangeWithdrawn':
      return decide(state, event.data.changeId, 'WITHDRAWN');
    case 'ChangeExpired':
      return decide(state, event.data.changeId, 'EXPIRED');
    case 'ImportRowApplied':
      return { ...state, latest: event.data.version };
    case 'ImportStarted':
      return { ...state, notReady: 'The sheet is still being read. Approve when every row is analysed.' };
    case 'ImportAnalysed':
      return { ...state, notReady: null };
    case 'ImportFailed':
      return { ...state, notReady: `The sheet could not be read: ${event.data.message}` };
    default:
      return state;
  }
};

export const subjectOfEvents = (events: readonly RecordedEvent[]): SubjectState =>
  events.reduce(evolveSubject, INITIAL_SUBJECT);

const withOpen = (state: SubjectState, change: OpenChange): SubjectState => ({
  ...state,
  open: new Map(state.open).set(change.changeId, change),
});

const decide = (
  state: SubjectState,
  changeId: string,
  status: Exclude<ChangeStatus, 'PROPOSED'>,
  approvals: readonly string[] = state.open.get(changeId)?.approvals ?? [],
): SubjectState => {
  const open = new Map(state.open);
  open.delete(changeId);
  // A stream of 10,000 changes would cost 10,000 copies of this map; a state that shares it looks into `open` first.
  const decided = state.decided.size === 0 ? new Map<string, DecidedChange>() : state.decided;
  (decided as Map<string, DecidedChange>).set(changeId, { status, approvals });
  return { ...state, open, decided };
};
