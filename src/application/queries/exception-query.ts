import { dependsOnTier } from '../../domain/binding/exception-entries.js';
import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import { parseExceptionId, unknownException } from '../../domain/binding/exception.js';
import { faultsOf } from '../../domain/binding/tier-faults.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { IndexPlace, ReadStore } from '../ports/read-store.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { ExceptionReader, gapsOf, type Situation } from './exception-reader.js';
import {
  merged,
  OF_CUSTOMERS,
  tiersRelied,
  type ExceptionCandidate,
  type ExceptionStream,
} from './exception-streams.js';
import { ExceptionViews } from './exception-views.js';
import type { MatrixReader } from './matrix-reader.js';
import { connection, placeAfter, type Connection, type PageRequest } from './page.js';
import type { PointInTime, PointsInTime } from './points-in-time.js';
import type { ExceptionStatus, SlaException } from './views.js';

export interface ExceptionFilter {
  readonly kind?: ExceptionKind;
  /** RESOLVED asks for those that were over by then; without it the list holds those that were there then. */
  readonly status?: ExceptionStatus;
  readonly customerId?: string;
  readonly tier?: string;
}

/** An exception with whose it is. */
export interface ListedException {
  readonly exception: SlaException;
  readonly customerName: string | null;
}

interface Question extends Situation {
  readonly filter: ExceptionFilter;
}

/**
 * Who is in exception at an instant: those whose own facts contradict one another, waived or not, and those whose tier
 * is not in force or leaves a gap. Standings are indexed by when they begin, so an instant is a range of the index.
 */
export class ExceptionQuery {
  /** Both for those who ask about one customer. */
  readonly reader: ExceptionReader;
  readonly views: ExceptionViews;

  constructor(
    private readonly store: ReadStore,
    matrix: MatrixReader,
    private readonly times: PointsInTime,
  ) {
    this.views = new ExceptionViews(matrix, store);
    this.reader = new ExceptionReader(matrix, this.views);
  }

  /** The latest first. */
  async exceptions(
    orgId: string,
    filter: ExceptionFilter,
    axes: { readonly at?: Instant | LocalDate; readonly knownAt?: Instant | LocalDate },
    request: PageRequest,
  ): Promise<Connection<SlaException>> {
    const point = await this.times.settle(orgId, axes.at, axes.knownAt);
    const question = await this.question(orgId, filter, point);
    const scope = { orgId, list: `exceptions ${JSON.stringify([filter, axes.at, axes.knownAt])}` };
    const start = placeAfter(request, scope);
    const streams = await this.streams(question);
    const nodes: SlaException[] = [];
    const places: IndexPlace[] = [];
    let hasNext = false;
    for await (const candidate of merged(this.store, orgId, streams, point, start)) {
      const listed = await this.listed(candidate, question);
      if (!listed) continue;
      hasNext = nodes.length === request.first;
      if (hasNext) break;
      nodes.push(listed.exception);
      places.push(candidate.place);
    }
    return connection({
      scope,
      nodes,
      places,
      hasNext,
      hasPrevious: start !== undefined,
      totalCount: () => this.count(streams, question),
    });
  }

  /** Every exception that was there at the point, the latest first; for exports. */
  async *all(orgId: string, point: PointInTime): AsyncGenerator<ListedException> {
    const question = await this.question(orgId, {}, point);
    for await (const candidate of merged(this.store, orgId, await this.streams(question), point)) {
      const listed = await this.listed(candidate, question);
      if (listed) yield listed;
    }
  }

  /**
   * How many customers are in exception at the point; who has two at once counts once.
   *
   * @param mappedTier key of the tier they are mapped to then; absent: any, or none
   */
  async countCustomers(orgId: string, point: PointInTime, mappedTier?: string): Promise<number> {
    const question = await this.question(orgId, {}, point);
    let count = 0;
    let last = '';
    for await (const candidate of merged(this.store, orgId, await this.streams(question), point)) {
      if (mappedTier !== undefined && candidate.standing.mappedTier !== mappedTier) continue;
      // Both lie in one standing, and so beside one another.
      if (candidate.place.key === last || !(await this.counts(candidate, question))) continue;
      last = candidate.place.key;
      count++;
    }
    return count;
  }

  /** The exceptions of one customer at an instant. */
  async ofCustomer(customer: CustomerDocument, point: PointInTime): Promise<readonly SlaException[]> {
    return this.reader.of(customer, await this.reader.situation(customer.orgId, point));
  }

  /** @throws DomainError NOT_FOUND when there is no such exception now */
  async exception(
    orgId: string,
    id: string,
  ): Promise<{ readonly view: SlaException; readonly customer: CustomerDocument }> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, parseExceptionId(id).customerKey));
    const found = customer ? await this.ofCustomer(customer, this.times.present()) : [];
    const view = found.find((exception) => exception.id === id);
    if (!customer || !view) throw unknownException(id);
    return { view, customer };
  }

  private async question(orgId: string, filter: ExceptionFilter, point: PointInTime): Promise<Question> {
    return { ...(await this.reader.situation(orgId, point)), filter };
  }

  private async streams(question: Question): Promise<readonly ExceptionStream[]> {
    const { orgId, filter, point } = question;
    const streams: ExceptionStream[] = [];
    for (const current of point.known === undefined ? [true] : [true, false]) {
      for (const kind of OF_CUSTOMERS) streams.push({ kind, tier: null, current });
      for (const tier of await tiersRelied(this.store, orgId, current))
        for (const failing of await this.failing(tier, question)) streams.push({ ...failing, current });
    }
    const customerKey = filter.customerId === undefined ? undefined : identifierKey(filter.customerId);
    return streams
      .filter(({ kind }) => filter.kind === undefined || kind === filter.kind)
      .map((stream) => ({ ...stream, ...(customerKey !== undefined && { customerKey }) }));
  }

  /** How a tier fails those who rely on it at the point; asked for what is over: how it ever failed them by then. */
  private async failing(
    tier: string,
    { orgId, filter, point, matrix, tiers }: Question,
  ): Promise<readonly Pick<ExceptionStream, 'kind' | 'tier' | 'fault'>[]> {
    if (filter.status === 'RESOLVED') {
      const faults = faultsOf(await this.views.faultsOf(orgId, 'UNKNOWN_TIER', matrix, point.known), tier);
      return faults
        .filter(({ from }) => from <= point.at)
        .map((fault) => ({ kind: fault.kind, tier, fault }));
    }
    const inForce = tiers.get(tier);
    if (!inForce) return [{ kind: 'UNKNOWN_TIER', tier }];
    return gapsOf(inForce, tiers).length > 0 ? [{ kind: 'INCOMPLETE_TERMS', tier }] : [];
  }

  /** Null: not in the list. */
  private async listed(candidate: ExceptionCandidate, question: Question): Promise<ListedException | null> {
    const { standing, stream } = candidate;
    const { filter, point } = question;
    const over = filter.status === 'RESOLVED';
    if (!over && !holds(candidate, point)) return null;
    const customer = await this.store.get(CUSTOMERS, documentKey(standing.orgId, standing.customerKey));
    if (!customer) return null;
    // What is over is shown as it was when it began.
    const at = over ? await this.beginning(candidate, customer, question) : point.at;
    if (at === null) return null;
    const situation = over
      ? await this.reader.situation(standing.orgId, { ...point, at }, question.matrix)
      : question;
    const found = await this.reader.of(customer, situation);
    const view = found.find(({ kind }) => kind === stream.kind);
    if (!view || !speaksOf(view, filter.tier)) return null;
    if (!over && filter.status !== undefined && filter.status !== view.status) return null;
    return { exception: over ? { ...view, status: 'RESOLVED' } : view, customerName: customer.name };
  }

  /** When the exception that begins in this standing began; null: none does that was over by the instant asked about. */
  private async beginning(
    { standing: { from, to }, stream: { kind, fault } }: ExceptionCandidate,
    customer: CustomerDocument,
    { point, matrix }: Question,
  ): Promise<Instant | null> {
    const entries = await this.views.entries(customer, kind, matrix, point.known);
    const within = (since: Instant, period: { readonly from: Instant; readonly to: Instant | null }) =>
      since >= period.from && (period.to === null || since < period.to);
    const entry = entries.find(
      ({ since, until }) =>
        within(since, { from, to }) &&
        (!fault || within(since, fault)) &&
        until !== null &&
        until <= point.at,
    );
    return entry?.since ?? null;
  }

  private async count(streams: readonly ExceptionStream[], question: Question): Promise<number> {
    let count = 0;
    for await (const candidate of merged(this.store, question.orgId, streams, question.point))
      if (await this.counts(candidate, question)) count++;
    return count;
  }

  /** A customer's own exception is in the index itself; anything else has to be looked at. */
  private async counts(candidate: ExceptionCandidate, question: Question): Promise<boolean> {
    const { filter, point } = question;
    const certain =
      !dependsOnTier(candidate.stream.kind) && filter.status === undefined && filter.tier === undefined;
    return certain ? holds(candidate, point) : (await this.listed(candidate, question)) !== null;
  }
}

const holds = ({ standing: { to } }: ExceptionCandidate, { at }: PointInTime): boolean =>
  to === null || to > at;

/** Mapped to the tier, or contracted to it by any contract that counts then. */
const speaksOf = ({ mappedTier, candidates }: SlaException, tier: string | undefined): boolean =>
  tier === undefined ||
  [mappedTier, ...candidates.map((candidate) => candidate.tier)].some(
    (named) => named !== null && identifierKey(named) === identifierKey(tier),
  );
