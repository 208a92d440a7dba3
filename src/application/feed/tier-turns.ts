import type { TierFault } from '../../domain/binding/tier-faults.js';
import type { Instant } from '../../domain/shared/instant.js';
import { endsOf } from '../../domain/shared/mark.js';
import type { OrganizationMatrix } from '../queries/matrix-reader.js';

/** How a tier fails at an instant. */
export const faultAt = (faults: readonly TierFault[], at: Instant) => {
  const fault = faults.find(({ from, to }) => from <= at && (to === null || at < to));
  return fault && [fault.kind, fault.missing];
};

/** How a tier has failed by an instant: what is learned late may move a beginning. */
export const faultsBy = (faults: readonly TierFault[], at: Instant) =>
  faults
    .filter(({ from }) => from <= at)
    .map(({ to, ...fault }) => ({ ...fault, to: to !== null && to <= at ? to : null }));

/** Every instant at which a tier begins or ends, in order. */
export const turnsOf = (tiers: OrganizationMatrix['tiers']): readonly Instant[] =>
  endsOf([...tiers.values()].flatMap(({ timeline }) => timeline.marks));
