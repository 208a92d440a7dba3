import type { ApprovedVersion } from '../../domain/change/change.events.js';
import type { CoverageContent, Subject } from '../../domain/change/content.js';
import { streamOf } from '../../domain/shared/streams.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import type { Append } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';

const REASON = 'Default coverage of a new organization';
/** Before any date that somebody could ask about, so that the past has its coverages too. */
const SINCE = '2000-01-01T00:00:00.000Z';
const SYSTEM = 'system';

/** Whether the organization has set no other hours than those it began with. */
export const isDefaultCoverage = ({ approvedBy, reason }: ApprovedVersion): boolean =>
  reason === REASON && approvedBy.every((approver) => approver === SYSTEM);

/**
 * A default coverage as its first approved version. Every id follows from organization and key: repeating
 * it appends nothing, also after a crash in the middle.
 */
export const defaultCoverageAppend = (
  orgId: string,
  content: CoverageContent,
  timeZone: string,
  ids: IdGenerator,
): Append => {
  const subject: Subject = { kind: 'COVERAGE', id: content.key };
  const idOf = (part: string): string => ids.derived('default-coverage', orgId, content.key, part);
  const changeId = idOf('change');
  const metadata: EventMetadata = {
    orgId,
    actor: SYSTEM,
    roles: [],
    commandId: idOf('command'),
    $correlationId: idOf('command'),
    $causationId: null,
    schemaVersion: 1,
    reason: REASON,
  };
  const proposal = { content, effectiveFrom: SINCE, reason: REASON };
  return {
    stream: streamOf(orgId, subject),
    expected: 'NO_STREAM',
    events: [
      {
        id: idOf('proposed'),
        type: 'ChangeProposed',
        data: { changeId, kind: 'COVERAGE', subject, revision: 1, ...proposal, baseVersion: 0 },
        metadata,
      },
      {
        id: idOf('approved'),
        type: 'ChangeApproved',
        data: {
          changeId,
          revision: 1,
          approver: SYSTEM,
          version: {
            number: 1,
            kind: 'COVERAGE',
            subject,
            ...proposal,
            proposedBy: SYSTEM,
            approvedBy: [SYSTEM],
            backdated: false,
            selfApproved: false,
            timeZone,
          },
        },
        metadata: { ...metadata, $causationId: idOf('proposed') },
      },
    ],
  };
};
