import type { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import type { OnLookup } from '../application/queries/lookups.js';
import type { Metrics } from '../infrastructure/observability/metrics.js';

/** How far each read model is, as numbers to be watched; a lag that cannot be told is NaN. */
export const projectionGauges = (runtime: ProjectionRuntime) => async () =>
  (await runtime.status()).map(({ name, state, checkpoint, lag }) => ({
    model: name,
    state,
    position: checkpoint ?? 0n,
    lag: lag === null ? NaN : Number(lag),
  }));

export const lookupCounters = (metrics: Metrics): OnLookup => {
  // Finding a counter by its label takes longer than counting.
  const answered = {
    BindingSla: metrics.lookups.labels('BindingSla'),
    SlaException: metrics.lookups.labels('SlaException'),
    UnknownCustomer: metrics.lookups.labels('UnknownCustomer'),
  };
  return (type, seconds) => {
    answered[type].inc();
    if (seconds !== undefined) metrics.lookupDuration.observe(seconds);
  };
};
