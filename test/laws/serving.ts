import { contractsProjection } from '../../projections/contracts/contracts.projection.js';
import { currentMatrixProjection } from '../../projections/current-matrix/current-matrix.projection.js';
import { customersProjection } from '../../projections/customers/customers.projection.js';
import { exceptionsProjection } from '../../projections/exceptions/exceptions.projection.js';
import { historyProjection } from '../../projections/history/history.projection.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { OrganizationReader } from '../../src/application/organization/organization-reader.js';
import { Freshness } from '../../src/application/ports/freshness.js';
import { MatrixReader } from '../../src/application/queries/matrix-reader.js';
import { PointsInTime } from '../../src/application/queries/points-in-time.js';
import { fold } from '../support/fold-in-memory.js';
import { FoldedReadStore } from '../support/folded-read-store.js';
import { InMemoryEventStore } from '../support/in-memory-event-store.js';
import { hour, logged, type Step } from './histories.js';

/** After everything that a history holds. */
export const NOW = hour(24 * 400);

class UpToDate extends Freshness {
  override atLeast(): Promise<void> {
    return Promise.resolve();
  }
  override position(): Promise<bigint> {
    return Promise.resolve(0n);
  }
}

/** What the product's own queries are made of; they answer from the history that was held last. */
export const serving = () => {
  const store = new FoldedReadStore();
  const freshness = new UpToDate();
  return {
    store,
    freshness,
    reader: new MatrixReader(store, freshness),
    times: new PointsInTime({ now: () => NOW }, new OrganizationReader(new InMemoryEventStore())),
    /** What the product's own projections make of a history is what is asked from now on. */
    hold: (orgId: string, steps: readonly Step[]): void => {
      const { events } = logged(orgId, steps);
      const documents = <D extends object>(projection: Projection<D>) =>
        [projection.model.name, fold(projection, events)] as const;
      store.hold(
        new Map<string, ReadonlyMap<string, object>>([
          documents(currentMatrixProjection),
          documents(historyProjection),
          documents(customersProjection),
          documents(contractsProjection),
          documents(exceptionsProjection),
        ]),
      );
    },
  };
};
