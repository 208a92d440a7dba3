import type { ApprovedVersion } from '../change/change.events.js';
import type { ChangeContent, ChangeKind, Subject } from '../change/content.js';
import { subjectOf } from '../change/parse-content.js';
import type { StagedRow } from './import.events.js';

/** A version that an approved import is to make of one subject. */
export interface RowVersion {
  readonly record: number;
  readonly subject: Subject;
  readonly kind: ChangeKind;
  readonly content: ChangeContent;
  /** Number of the subject's latest version when the record was analysed; 0: none. */
  readonly baseVersion: number;
}

/** What a record makes true, subject by subject. */
export const rowVersions = ({ record, mapping, contract, tier }: StagedRow): readonly RowVersion[] => {
  const versions: RowVersion[] = [];
  if (mapping) {
    const { baseVersion, ...content } = mapping;
    versions.push({ record, subject: subjectOf('REMAP', content), kind: 'REMAP', content, baseVersion });
  }
  if (contract) {
    const { baseVersion, ...content } = contract;
    versions.push({
      record,
      subject: subjectOf('CONTRACT', content),
      kind: 'CONTRACT',
      content,
      baseVersion,
    });
  }
  if (tier) {
    const { baseVersion, ...content } = tier;
    versions.push({
      record,
      subject: subjectOf('TIER_TERMS', content),
      kind: 'TIER_TERMS',
      content,
      baseVersion,
    });
  }
  return versions;
};

/**
 * The version as it takes effect: everything about its approval is the import's.
 *
 * @param latest the subject's latest version; null: none
 */
export const appliedVersion = (
  { subject, kind, content }: RowVersion,
  latest: ApprovedVersion | null,
  approved: ApprovedVersion,
): ApprovedVersion => {
  const { effectiveFrom, effectiveUntil, proposedBy, approvedBy, reason, backdated, selfApproved } = approved;
  return {
    number: (latest?.number ?? 0) + 1,
    kind,
    // The first spelling of an ID stays the subject's.
    subject: latest?.subject ?? subject,
    content,
    effectiveFrom,
    ...(effectiveUntil === undefined ? {} : { effectiveUntil }),
    proposedBy,
    approvedBy,
    ...(reason === undefined ? {} : { reason }),
    backdated,
    selfApproved,
    timeZone: ('timeZone' in content ? content.timeZone : undefined) ?? approved.timeZone,
  };
};
