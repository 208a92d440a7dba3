import type { Outcome } from '../../domain/binding/bind.js';
import type { ActiveContract, VersionMark } from '../../domain/binding/marks.js';
import { turnAfter, type Standing } from '../../domain/binding/standing.js';
import { invalid } from '../../domain/shared/domain-error.js';
import { identifierKey, parseIdentifier } from '../../domain/shared/identifier.js';
import { earliest, type Instant, type LocalDate } from '../../domain/shared/instant.js';
import type { ReadStore } from '../ports/read-store.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { contractIdOf, factsOf, wasContractKnown, wasKnown } from '../read-models/customer-facts.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import type { CoverageReader } from './coverage-reader.js';
import { ExceptionSettler, matrixTurnAfter } from './exception-settler.js';
import { ExceptionViews } from './exception-views.js';
import { tierInForce, type MatrixReader, type OrganizationMatrix } from './matrix-reader.js';
import type { NearestIds } from './nearest-ids.js';
import type { PointInTime, PointsInTime } from './points-in-time.js';
import { PresentAnswers, type Question } from './present-answers.js';
import { PromiseReader } from './promise-reader.js';
import { versionView } from './version-view.js';
import type { BindingSla, LookupResult, SlaException, Version } from './views.js';

/** Exactly one of the ids. */
export interface LookupRequest {
  readonly customerId?: string;
  readonly contractId?: string;
  readonly priority?: string;
  readonly channel?: string;
  readonly at?: Instant | LocalDate;
  readonly knownAt?: Instant | LocalDate;
}

/** As it was made then; what it says of `at` and `knownAt` now is `now`. */
export interface KeptAnswer {
  readonly answer: BindingSla;
  readonly now: Instant;
}

/** The one question: what exactly binds this customer, or this contract, at an instant. */
export class LookupQuery {
  private readonly exceptions: ExceptionViews;
  private readonly promises: PromiseReader;
  private readonly settler: ExceptionSettler;
  private readonly present: PresentAnswers;
  /** As known now: the same for all customers of a tier, until the matrix is read anew with new marks. */
  private readonly tierVersions = new WeakMap<VersionMark, Version>();

  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
    private readonly coverages: CoverageReader,
    private readonly nearest: NearestIds,
    private readonly times: PointsInTime,
  ) {
    this.exceptions = new ExceptionViews(matrix, store);
    this.promises = new PromiseReader(matrix);
    this.settler = new ExceptionSettler(this.promises, coverages);
    this.present = new PresentAnswers(store);
  }

  /** An answer about the present that was given before and still holds `now`; null: ask {@link lookup}. */
  kept(orgId: string, question: Question, now = this.times.now()): KeptAnswer | null {
    const answer = this.present.find(orgId, question, now);
    return answer && { answer, now };
  }

  /** @throws DomainError INVALID_INPUT */
  async lookup(orgId: string, request: LookupRequest): Promise<LookupResult> {
    const { customerId, contractId } = request;
    if ((customerId === undefined) === (contractId === undefined))
      throw invalid(['customerId'], 'Ask for exactly one of customerId and contractId.');
    const mark = this.present.mark;
    const point = await this.times.settle(orgId, request.at, request.knownAt);
    return customerId !== undefined
      ? this.ofCustomer(orgId, parseIdentifier(customerId, ['customerId']), request, point, mark)
      : this.ofContract(orgId, parseIdentifier(contractId!, ['contractId']), request, point, mark);
  }

  private async ofCustomer(
    orgId: string,
    id: string,
    request: LookupRequest,
    point: PointInTime,
    mark: number,
  ): Promise<LookupResult> {
    const customer = await this.customer(documentKey(orgId, identifierKey(id)), request);
    if (!customer || !wasKnown(customer, point.known))
      return { type: 'UnknownCustomer', id, nearest: await this.nearest.customers(orgId, id, point.known) };
    return this.answer(customer, request, point, mark);
  }

  /** Of a question about now the answer is kept, so the document need not be. */
  private async customer(key: string, request: LookupRequest): Promise<CustomerDocument | null> {
    return isAboutNow(request)
      ? ((await this.store.peek(CUSTOMERS, [key])).get(key) ?? null)
      : this.store.get(CUSTOMERS, key);
  }

  private async ofContract(
    orgId: string,
    id: string,
    request: LookupRequest,
    point: PointInTime,
    mark: number,
  ): Promise<LookupResult> {
    const key = identifierKey(id);
    const contract = await this.store.get(CONTRACTS, documentKey(orgId, key));
    const customer = contract && (await this.customer(documentKey(orgId, contract.customerKey), request));
    if (!customer || !wasContractKnown(customer, key, point.known))
      return { type: 'UnknownCustomer', id, nearest: await this.nearest.contracts(orgId, id, point.known) };
    return this.answer(customer, request, point, mark, key);
  }

  private async answer(
    customer: CustomerDocument,
    request: LookupRequest,
    point: PointInTime,
    mark: number,
    contractKey?: string,
  ): Promise<BindingSla | SlaException> {
    const { orgId } = customer;
    const matrix = await this.matrix.matrixOf(orgId);
    const { priority } = request;
    const { standing, outcome: ofFacts } = await this.promises.promised(customer, matrix, point, {
      ...(contractKey !== undefined && { contractKey }),
      ...(priority !== undefined && { priority }),
    });
    const settled = standing.exception && this.settler.settle(orgId, matrix, standing, point, priority);
    const outcome = (await settled) ?? ofFacts;
    if (outcome.type === 'EXCEPTION') {
      if (outcome.unpromised !== undefined) await this.refuseUnknownPriority(orgId, matrix, request, point);
      return this.exceptions.view({
        customer,
        standing,
        outcome,
        point,
        matrix,
        ...(contractKey && { contractKey }),
      });
    }
    const { answer, until } = await this.binding(
      customer,
      request,
      point,
      standing,
      outcome,
      matrix,
      contractKey,
    );
    if (isAboutNow(request))
      this.present.keep(orgId, request, { answer, until, customerKey: customer.key, mark });
    return answer;
  }

  private async binding(
    customer: CustomerDocument,
    request: LookupRequest,
    point: PointInTime,
    standing: Standing,
    outcome: Extract<Outcome, { type: 'BINDING' }>,
    matrix: OrganizationMatrix,
    contractKey?: string,
  ): Promise<{ readonly answer: BindingSla; readonly until: Instant | null }> {
    const { orgId } = customer;
    const { terms, commitment, source, tier, contract } = outcome;
    const [version, coverage, channel] = await Promise.all([
      contract
        ? this.contractVersion(customer, contract, point)
        : this.tierVersion(orgId, matrix, tier, point),
      commitment && this.coverages.state(orgId, matrix, commitment.coverage, point),
      request.channel === undefined
        ? null
        : this.coverages.channel(orgId, matrix, terms, request.channel, request.priority, point),
    ]);
    const notes = [...point.notes, ...outcome.explanation];
    if (coverage) notes.push(coverage.inWords);
    const answer: BindingSla = {
      type: 'BindingSla',
      customerId: customer.customerId,
      contractId: standing.contract?.contractId ?? contractIdOf(customer, contractKey),
      tier,
      source,
      terms,
      commitment,
      coverage: coverage?.state ?? null,
      channel: channel?.state ?? null,
      version,
      at: point.at,
      knownAt: point.knownAt,
      explanation: notes,
    };
    // Of the past nothing is kept, and a long history is long to look through.
    if (!isAboutNow(request)) return { answer, until: null };
    const until = earliest(
      turnAfter(factsOf(customer), point.at),
      // What a rule has settled is made of several tiers and their hours.
      standing.exception ? matrixTurnAfter(matrix, point.at) : this.endOfTier(matrix, tier, point),
      coverage?.until ?? null,
      channel?.until ?? null,
    );
    return { answer, until };
  }

  /** When the tier's version in force gives way to another. */
  private endOfTier(matrix: OrganizationMatrix, tier: string, { at, known }: PointInTime): Instant | null {
    const subject = matrix.tiers.get(identifierKey(tier));
    const mark = tierInForce(subject, at, known);
    const periods = subject && mark ? subject.timeline.periodsOf(mark, known) : [];
    return periods.find(({ from, to }) => from <= at && (to === null || at < to))?.to ?? null;
  }

  private async tierVersion(
    orgId: string,
    matrix: OrganizationMatrix,
    tier: string,
    { at, known }: PointInTime,
  ): Promise<Version> {
    const subject = matrix.tiers.get(identifierKey(tier))!;
    const mark = tierInForce(subject, at, known)!;
    const shared = known === undefined && this.tierVersions.get(mark);
    if (shared) return shared;
    const document = await this.matrix.version(orgId, 'TIER', subject.document.key, mark);
    const version = versionView(document, subject.timeline, mark, known);
    if (known === undefined) this.tierVersions.set(mark, version);
    return version;
  }

  private async contractVersion(
    customer: CustomerDocument,
    { key, mark }: ActiveContract,
    { known }: PointInTime,
  ): Promise<Version> {
    const timeline = factsOf(customer).contracts.find((candidate) => candidate.key === key)!.versions;
    const document = await this.matrix.version(customer.orgId, 'CONTRACT', key, mark);
    return versionView(document, timeline, mark, known);
  }

  /** A priority that no tier names is a slip of the pen, not a hole in the promise. */
  private async refuseUnknownPriority(
    orgId: string,
    matrix: OrganizationMatrix,
    { priority = '' }: LookupRequest,
    point: PointInTime,
  ): Promise<void> {
    const names = new Map<string, string>();
    for (const { terms } of (await this.promises.tiers(orgId, matrix, point)).values())
      for (const commitment of terms.commitments)
        names.set(identifierKey(commitment.priority), commitment.priority);
    if (!names.has(identifierKey(priority)))
      throw invalid(
        ['priority'],
        `${JSON.stringify(priority)} is not a priority of your organization. Known: ${[...names.values()].join(', ')}.`,
      );
  }
}

const isAboutNow = ({ at, knownAt }: LookupRequest): boolean => at === undefined && knownAt === undefined;
