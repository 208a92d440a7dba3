import type { ApprovedVersion } from '../src/domain/change/change.events.js';
import type { RecordedEvent } from '../src/domain/events.js';
import type { VersionMark } from '../src/domain/binding/marks.js';
import { positionText } from '../src/application/read-models/document-key.js';

/** The events that carry an approved version. */
export const VERSION_EVENTS = ['ChangeApproved', 'ImportRowApplied'] as const;

/** The version an event brings, whoever approved it and how; null: none. */
export const approvedVersion = (event: RecordedEvent): ApprovedVersion | null =>
  event.type === 'ChangeApproved' || event.type === 'ImportRowApplied' ? event.data.version : null;

/** The version's place on both time axes. */
export const markOf = (version: ApprovedVersion, event: RecordedEvent): VersionMark => ({
  number: version.number,
  kind: version.kind,
  changeId: 'changeId' in event.data ? event.data.changeId : '',
  effectiveFrom: version.effectiveFrom,
  ...(version.effectiveUntil === undefined ? {} : { effectiveUntil: version.effectiveUntil }),
  recordedAt: event.recordedAt,
  position: positionText(event.position),
});
