import type { ApprovedVersion } from '../../src/domain/change/change.events.js';
import type { ContractMark, MappingMark, WaiverMark } from '../../src/domain/binding/marks.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import { endOfDay, startOfDay } from '../../src/domain/shared/instant.js';
import { markOf } from '../approved-version.js';

/** What an approved version says about a customer. */
export type CustomerMark =
  | { readonly mark: MappingMark; readonly customerId: string; readonly customerName: string | null }
  | { readonly mark: WaiverMark; readonly customerId: string }
  | { readonly mark: ContractMark; readonly customerId: string; readonly contractId: string };

/** Null: the version is about something else. */
export const customerMarkOf = (version: ApprovedVersion, event: RecordedEvent): CustomerMark | null => {
  const { content, subject, timeZone } = version;
  const place = markOf(version, event);
  if ('toTier' in content) {
    const { customerId, customerName = null, toTier: tier } = content;
    return { mark: { ...place, kind: 'REMAP', tier }, customerId, customerName };
  }
  if ('exceptionId' in content) {
    const { exceptionId, binds } = content;
    return { mark: { ...place, kind: 'WAIVER', exceptionId, binds }, customerId: subject.id };
  }
  if (!('contractId' in content)) return null;
  const { contractId, customerId, tier, startsOn, endsOn, primary = false, overrides } = content;
  const mark: ContractMark = {
    ...place,
    kind: 'CONTRACT',
    tier,
    startsOn,
    bindsFrom: startOfDay(startsOn, timeZone),
    ...(endsOn !== undefined && { endsOn, bindsUntil: endOfDay(endsOn, timeZone) }),
    timeZone,
    primary,
    hasOverrides: overrides !== undefined,
    ...(overrides && {
      ownPriorities: overrides.commitments.map(({ priority }) => identifierKey(priority)).sort(),
    }),
  };
  return { mark, customerId, contractId };
};

/** The customer that an approved version is about; null: it is about something else. */
export const customerOf = ({ content, subject }: ApprovedVersion): string | null => {
  if ('toTier' in content || 'contractId' in content) return content.customerId;
  return 'exceptionId' in content ? subject.id : null;
};
