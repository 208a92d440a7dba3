import type { ApprovedVersion } from '../../domain/change/change.events.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { Mark, Timeline } from '../../domain/shared/timeline.js';
import type { Terms } from '../../domain/terms/terms.js';
import type { VersionDocument } from '../read-models/history.read-model.js';
import type { Version } from './views.js';

/** The terms a version holds: a tier's, or those a contract overrides. */
export const termsOf = ({ content }: ApprovedVersion): Terms | null => {
  if ('terms' in content) return content.terms;
  return 'overrides' in content ? (content.overrides ?? null) : null;
};

/** A version with the periods in which it binds, as known at `knownAt`. */
export const versionView = <M extends Mark>(
  { version, changeId, recordedAt, position, number }: VersionDocument,
  timeline: Timeline<M>,
  mark: M,
  knownAt?: Instant,
): Version => {
  const periods = timeline.periodsOf(mark, knownAt);
  return {
    number,
    subject: version.subject,
    effectiveFrom: version.effectiveFrom,
    // A version that another has replaced altogether binds for no time at all.
    effectiveTo: periods.length > 0 ? periods[0]!.to : version.effectiveFrom,
    periods,
    recordedAt,
    position,
    changeId,
    proposedBy: version.proposedBy,
    approvedBy: version.approvedBy,
    reason: version.reason ?? null,
    backdated: version.backdated,
    selfApproved: version.selfApproved,
    terms: termsOf(version),
    content: version.content,
  };
};
