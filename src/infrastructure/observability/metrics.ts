import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How far one read model is. */
export interface ProjectionReading {
  readonly model: string;
  readonly state: string;
  /** Position in the log that it reflects. */
  readonly position: bigint;
  /** Events it has yet to see. */
  readonly lag: number;
}

/** From a cached look-up to a request that waits for the log; seconds. */
const REQUEST_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LOOKUP_BUCKETS = [0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1];

/**
 * What the process says of itself, for Prometheus. Durations in seconds. Labels take few values: never an id, an
 * organization or anything else that a caller chooses.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readings: () => readonly ProjectionReading[] | Promise<readonly ProjectionReading[]> = () => [];

  readonly contentType: string = this.registry.contentType;

  /** `route` is the pattern, not the path. */
  readonly httpDuration = new Histogram({
    name: 'sla_http_request_duration_seconds',
    help: 'Time to answer an HTTP request.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  /** `operation` is query, mutation or unknown; `outcome` ok, refused or error. */
  readonly graphqlDuration = new Histogram({
    name: 'sla_graphql_request_duration_seconds',
    help: 'Time to execute a GraphQL operation.',
    labelNames: ['operation', 'outcome'] as const,
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  /** `result` is the type of the answer, e.g. BindingSla. */
  readonly lookups = new Counter({
    name: 'sla_lookups_total',
    help: 'Look-ups answered.',
    labelNames: ['result'] as const,
    registers: [this.registry],
  });
  readonly lookupDuration = new Histogram({
    name: 'sla_lookup_duration_seconds',
    help: 'Time to find the binding promise, without the protocol around it; answers that were kept are not in it.',
    buckets: LOOKUP_BUCKETS,
    registers: [this.registry],
  });
  /** `outcome` is ok, conflict or error. */
  readonly appends = new Counter({
    name: 'sla_log_appends_total',
    help: 'Appends to the log.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  readonly appendDuration = new Histogram({
    name: 'sla_log_append_duration_seconds',
    help: 'Time until an append is durable.',
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  readonly subscriptions = new Gauge({
    name: 'sla_subscriptions',
    help: 'Open GraphQL subscriptions.',
    labelNames: ['field'] as const,
    registers: [this.registry],
  });
  /** `reason` is refused, locked or busy. */
  readonly signInFailures = new Counter({
    name: 'sla_sign_in_failures_total',
    help: 'Sign-ins that were not let in.',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  private readonly projectionPosition = this.projectionGauge(
    'position',
    'Position in the log that is reflected.',
  );
  private readonly projectionLag = this.projectionGauge('lag_events', 'Events of the log not yet reflected.');
  private readonly projectionState = new Gauge({
    name: 'sla_projection_state',
    help: '1 for the state that the read model is in.',
    labelNames: ['model', 'state'] as const,
    registers: [this.registry],
  });

  private readonly unreadable = new Counter({
    name: 'sla_projection_readings_failed_total',
    help: 'Scrapes at which the state of the read models could not be told.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Asked on every scrape. */
  observeProjections(
    readings: () => readonly ProjectionReading[] | Promise<readonly ProjectionReading[]>,
  ): void {
    this.readings = readings;
  }

  /** All of it, in the text format of Prometheus. */
  async metrics(): Promise<string> {
    const readings = await this.read();
    this.projectionState.reset();
    for (const { model, state, position, lag } of readings) {
      this.projectionPosition.set({ model }, Number(position));
      this.projectionLag.set({ model }, lag);
      this.projectionState.set({ model, state }, 1);
    }
    return this.registry.metrics();
  }

  // A store that is away is when the other figures are needed most.
  private async read(): Promise<readonly ProjectionReading[]> {
    try {
      return await this.readings();
    } catch {
      this.unreadable.inc();
      return [];
    }
  }

  private projectionGauge(name: string, help: string): Gauge<'model'> {
    return new Gauge({
      name: `sla_projection_${name}`,
      help,
      labelNames: ['model'] as const,
      registers: [this.registry],
    });
  }
}
