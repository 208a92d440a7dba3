import type { Outcome } from '../../domain/binding/bind.js';
import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import { exceptionId, RESOLUTION } from '../../domain/binding/exception.js';
import { exceptionPeriod } from '../../domain/binding/exception-period.js';
import type { Standing } from '../../domain/binding/standing.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { ReadStore } from '../ports/read-store.js';
import { contractIdOf, factsOf } from '../read-models/customer-facts.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { EXCEPTIONS } from '../read-models/exceptions.read-model.js';
import { tierInForce, type MatrixReader, type OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import { termsOf, versionView } from './version-view.js';
import type { CandidatePromise, SlaException } from './views.js';

export interface ExceptionFound {
  readonly customer: CustomerDocument;
  readonly standing: Standing;
  readonly outcome: Extract<Outcome, { type: 'EXCEPTION' }>;
  readonly point: PointInTime;
  readonly matrix: OrganizationMatrix;
  /** When a contract was asked for rather than a customer. */
  readonly contractKey?: string;
}

/** Exceptions as people read them: both candidate promises, since when, and the way out. */
export class ExceptionViews {
  constructor(
    private readonly matrix: MatrixReader,
    private readonly store: ReadStore,
  ) {}

  async view(found: ExceptionFound): Promise<SlaException> {
    const { customer, standing, outcome, point, matrix, contractKey } = found;
    const { kind } = outcome;
    const tier = standing.contract?.mark.tier ?? standing.mapping?.tier;
    const { since, until } = exceptionPeriod(
      factsOf(customer),
      kind,
      point.at,
      point.known,
      tier === undefined ? undefined : matrix.tiers.get(identifierKey(tier))?.timeline,
    );
    const id = exceptionId({ kind, since, customerKey: customer.key });
    const [candidates, acknowledgement] = await Promise.all([
      this.candidates(found),
      this.acknowledgement(customer, id, point),
    ]);
    const contractId = standing.contract?.contractId ?? contractIdOf(customer, contractKey);
    return {
      type: 'SlaException',
      id,
      kind,
      status: until !== null && until <= point.at ? 'RESOLVED' : acknowledgement ? 'ACKNOWLEDGED' : 'OPEN',
      customerId: customer.customerId,
      contractId,
      mappedTier: standing.mapping?.tier ?? null,
      contractTier: standing.contract?.mark.tier ?? null,
      candidates,
      since,
      until,
      acknowledgedBy: acknowledgement?.by ?? null,
      note: acknowledgement?.note ?? null,
      resolution: RESOLUTION[kind],
      explanation: [...point.notes, ...outcome.explanation],
    };
  }

  private async candidates({
    customer,
    standing,
    point,
    matrix,
  }: ExceptionFound): Promise<CandidatePromise[]> {
    const candidates: CandidatePromise[] = [];
    if (standing.mapping)
      candidates.push(await this.ofTier(customer.orgId, matrix, standing.mapping.tier, point));
    for (const { key, mark } of standing.active) {
      if (!mark.hasOverrides) {
        candidates.push(await this.ofTier(customer.orgId, matrix, mark.tier, point));
        continue;
      }
      const document = await this.matrix.version(customer.orgId, 'CONTRACT', key, mark);
      const timeline = factsOf(customer).contracts.find((contract) => contract.key === key)!.versions;
      candidates.push({
        source: 'CONTRACT_OVERRIDE',
        tier: mark.tier,
        terms: termsOf(document.version),
        version: versionView(document, timeline, mark, point.known),
      });
    }
    return candidates;
  }

  private async ofTier(
    orgId: string,
    matrix: OrganizationMatrix,
    tier: string,
    { at, known }: PointInTime,
  ): Promise<CandidatePromise> {
    const subject = matrix.tiers.get(identifierKey(tier));
    const mark = tierInForce(subject, at, known);
    if (!subject || !mark) return { source: 'TIER', tier, terms: null, version: null };
    const document = await this.matrix.version(orgId, 'TIER', subject.document.key, mark);
    const version = versionView(document, subject.timeline, mark, known);
    return { source: 'TIER', tier: subject.document.id, terms: termsOf(document.version), version };
  }

  private async acknowledgement({ orgId, key }: CustomerDocument, id: string, { known }: PointInTime) {
    const facts = await this.store.get(EXCEPTIONS, documentKey(orgId, 'facts', key));
    if (facts?.type !== 'facts') return undefined;
    return facts.acknowledgements.findLast(
      ({ exceptionId: of, at }) => of === id && (known === undefined || at <= known),
    );
  }
}

/** Kinds that hang on the tier that would bind, not on the customer's own facts. */
export const dependsOnTier = (kind: ExceptionKind): boolean =>
  kind === 'UNKNOWN_TIER' || kind === 'INCOMPLETE_TERMS';
