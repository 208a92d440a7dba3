import { prioritiesInUse, type TierInForce } from '../../domain/binding/bind.js';
import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import { parseExceptionId, unknownException } from '../../domain/binding/exception.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { IndexPlace, ReadStore } from '../ports/read-store.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import {
  merged,
  OF_CUSTOMERS,
  tiersRelied,
  type ExceptionCandidate,
  type ExceptionStream,
} from './exception-streams.js';
import { dependsOnTier, ExceptionViews } from './exception-views.js';
import type { MatrixReader, OrganizationMatrix } from './matrix-reader.js';
import { connection, placeAfter, type Connection, type PageRequest } from './page.js';
import type { PointInTime, PointsInTime } from './points-in-time.js';
import { PromiseReader } from './promise-reader.js';
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

interface Question {
  readonly orgId: string;
  readonly filter: ExceptionFilter;
  readonly point: PointInTime;
  readonly matrix: OrganizationMatrix;
  readonly tiers: ReadonlyMap<string, TierInForce>;
}

/**
 * Who is in exception at an instant: those whose own facts contradict one another, and those whose tier is not in force
 * or leaves a gap. Standings are indexed by when they begin, so an instant is a range of the index.
 */
export class ExceptionQuery {
  private readonly views: ExceptionViews;
  private readonly promises: PromiseReader;

  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
    private readonly times: PointsInTime,
  ) {
    this.views = new ExceptionViews(matrix, store);
    this.promises = new PromiseReader(matrix);
  }

  /** The latest first. */
  async exceptions(
    orgId: string,
    filter: ExceptionFilter,
    axes: { readonly at?: Instant | LocalDate; readonly knownAt?: Instant | LocalDate },
    request: PageRequest,
  ): Promise<Connection<SlaException>> {
    const question = await this.question(
      orgId,
      filter,
      await this.times.settle(orgId, axes.at, axes.knownAt),
    );
    const scope = { orgId, list: `exceptions ${JSON.stringify([filter, axes.at, axes.knownAt])}` };
    const start = placeAfter(request, scope);
    const streams = await this.streams(question);
    const nodes: SlaException[] = [];
    const places: IndexPlace[] = [];
    let hasNext = false;
    for await (const candidate of merged(this.store, orgId, streams, question.point, start)) {
      const view = await this.viewOf(candidate, question);
      if (!view) continue;
      hasNext = nodes.length === request.first;
      if (hasNext) break;
      nodes.push(view);
      places.push({ values: [candidate.standing.from], key: candidate.key });
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
      const exception = await this.viewOf(candidate, question);
      if (exception) yield { exception, customerName: candidate.standing.name };
    }
  }

  /** The exception of one customer at an instant; null: there is none. */
  async ofCustomer(customer: CustomerDocument, point: PointInTime): Promise<SlaException | null> {
    return this.current(customer, await this.question(customer.orgId, {}, point));
  }

  /** @throws DomainError NOT_FOUND when there is no such exception now */
  async exception(
    orgId: string,
    id: string,
  ): Promise<{ readonly view: SlaException; readonly customer: CustomerDocument }> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, parseExceptionId(id).customerKey));
    const point = await this.times.settle(orgId, undefined, undefined);
    const view = customer && (await this.ofCustomer(customer, point));
    if (!customer || view?.id !== id) throw unknownException(id);
    return { view, customer };
  }

  private async question(orgId: string, filter: ExceptionFilter, point: PointInTime): Promise<Question> {
    const matrix = await this.matrix.matrixOf(orgId);
    return { orgId, filter, point, matrix, tiers: await this.promises.tiers(orgId, matrix, point) };
  }

  private async streams({ orgId, filter, point, tiers }: Question): Promise<readonly ExceptionStream[]> {
    const streams: ExceptionStream[] = [];
    for (const current of point.known === undefined ? [true] : [true, false]) {
      for (const kind of OF_CUSTOMERS) streams.push({ kind, index: 'byKind', value: kind, current });
      for (const value of await tiersRelied(this.store, orgId, current)) {
        const tier = tiers.get(value);
        if (!tier) streams.push({ kind: 'UNKNOWN_TIER', index: 'byTier', value, current });
        else if (this.gaps(tier, tiers).length > 0)
          streams.push({ kind: 'INCOMPLETE_TERMS', index: 'byTier', value, current });
      }
    }
    return streams.filter(({ kind }) => filter.kind === undefined || kind === filter.kind);
  }

  /** Null: not in the list. */
  private async viewOf(
    { standing, kind }: ExceptionCandidate,
    question: Question,
  ): Promise<SlaException | null> {
    const { filter, point } = question;
    if (!this.passes(standing, question)) return null;
    const customer = await this.store.get(CUSTOMERS, documentKey(standing.orgId, standing.customerKey));
    if (!customer) return null;
    // What is over is shown as it was when it began.
    const over = standing.to !== null && standing.to <= point.at;
    const view = await this.current(
      customer,
      over ? { ...question, point: { ...point, at: standing.from } } : question,
    );
    if (view?.kind !== kind || !speaksOf(view, filter.tier)) return null;
    const status = over ? 'RESOLVED' : view.status;
    return filter.status === undefined || filter.status === status ? { ...view, status } : null;
  }

  private passes({ customerKey, to }: ExceptionCandidate['standing'], { filter, point }: Question): boolean {
    const over = to !== null && to <= point.at;
    return (
      over === (filter.status === 'RESOLVED') &&
      (filter.customerId === undefined || identifierKey(filter.customerId) === customerKey)
    );
  }

  private async current(customer: CustomerDocument, question: Question): Promise<SlaException | null> {
    const { point, matrix, tiers } = question;
    const { standing, outcome } = await this.promises.promised(customer, matrix, point);
    if (outcome.type === 'EXCEPTION') return this.views.view({ customer, standing, outcome, point, matrix });
    const tier = tiers.get(identifierKey(outcome.tier));
    const gaps = tier ? this.gaps({ ...tier, terms: outcome.terms }, tiers) : [];
    if (gaps.length === 0) return null;
    const gap = `${outcome.tier} has no commitment for ${gaps.join(', ')}, which other tiers have.`;
    const explanation = [...outcome.explanation, gap];
    const incomplete = { type: 'EXCEPTION' as const, kind: 'INCOMPLETE_TERMS' as const, explanation };
    return this.views.view({ customer, standing, outcome: incomplete, point, matrix });
  }

  /** Priorities in use that the tier has no commitment for. */
  private gaps({ terms }: TierInForce, tiers: ReadonlyMap<string, TierInForce>): readonly string[] {
    const own = new Set(terms.commitments.map(({ priority }) => identifierKey(priority)));
    const others = [...tiers.values()].map((tier) => tier.terms);
    return prioritiesInUse(terms, others).filter((priority) => !own.has(identifierKey(priority)));
  }

  private async count(streams: readonly ExceptionStream[], question: Question): Promise<number> {
    const { orgId, point, filter } = question;
    let count = 0;
    for await (const candidate of merged(this.store, orgId, streams, point)) {
      // A customer's own exception is in the index itself; anything else has to be looked at.
      const certain =
        !dependsOnTier(candidate.kind) && filter.status === undefined && filter.tier === undefined;
      if (certain ? this.passes(candidate.standing, question) : await this.viewOf(candidate, question))
        count++;
    }
    return count;
  }
}

/** Mapped to the tier, or contracted to it by any contract that counts then. */
const speaksOf = ({ mappedTier, candidates }: SlaException, tier: string | undefined): boolean =>
  tier === undefined ||
  [mappedTier, ...candidates.map((candidate) => candidate.tier)].some(
    (named) => named !== null && identifierKey(named) === identifierKey(tier),
  );
