import type { Outcome } from '../../domain/binding/bind.js';
import {
  dependsOnTier,
  entryAt,
  exceptionEntries,
  type ExceptionEntry,
} from '../../domain/binding/exception-entries.js';
import { exceptionId, RESOLUTION } from '../../domain/binding/exception.js';
import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import type { Standing } from '../../domain/binding/standing.js';
import { standingsOf, type StandingPeriod } from '../../domain/binding/standings.js';
import { BEGINNING, type TierFaults } from '../../domain/binding/tier-faults.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { ReadStore } from '../ports/read-store.js';
import { contractIdOf, factsOf, standingsKnown } from '../read-models/customer-facts.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { EXCEPTIONS } from '../read-models/exceptions.read-model.js';
import { tierInForce, type MatrixReader, type OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import { TierFaultsReader } from './tier-faults-reader.js';
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

const NO_FAULTS: TierFaults = new Map();

/** Exceptions as people read them: both candidate promises, since when, and the way out. */
export class ExceptionViews {
  private readonly faults: TierFaultsReader;

  constructor(
    private readonly matrix: MatrixReader,
    private readonly store: ReadStore,
  ) {
    this.faults = new TierFaultsReader(matrix);
  }

  async view(found: ExceptionFound): Promise<SlaException> {
    const { customer, standing, outcome, point, contractKey } = found;
    const { kind } = outcome;
    const { since, until, previous } = await this.entry(found);
    const idSince = (start: Instant) => exceptionId({ kind, since: start, customerKey: customer.key });
    const id = idSince(since);
    const [candidates, acknowledgement] = await Promise.all([
      this.candidates(found),
      this.acknowledgement(customer, id, point),
    ]);
    const waived = standing.waiver !== null && standing.contradiction === kind;
    return {
      type: 'SlaException',
      id,
      previousId: previous && idSince(previous.since),
      kind,
      status: waived ? 'WAIVED' : acknowledgement ? 'ACKNOWLEDGED' : 'OPEN',
      customerId: customer.customerId,
      contractId: standing.contract?.contractId ?? contractIdOf(customer, contractKey),
      mappedTier: standing.mapping?.tier ?? null,
      contractTier: standing.contract?.mark.tier ?? null,
      candidates,
      since,
      until,
      acknowledgedBy: acknowledgement?.by ?? null,
      note: acknowledgement?.note ?? null,
      owner: acknowledgement?.owner ?? null,
      dueOn: acknowledgement?.dueOn ?? null,
      resolution: RESOLUTION[kind],
      explanation: [...point.notes, ...outcome.explanation],
    };
  }

  /** Every exception of that kind that the customer has had and will have, as known then, in order of time. */
  async entries(
    customer: CustomerDocument,
    kind: ExceptionKind,
    matrix: OrganizationMatrix,
    known: Instant | undefined,
  ): Promise<readonly ExceptionEntry[]> {
    return exceptionEntries(
      standingsKnown(customer, known),
      kind,
      await this.faultsOf(customer.orgId, kind, matrix, known),
    );
  }

  faultsOf(orgId: string, kind: ExceptionKind, matrix: OrganizationMatrix, known: Instant | undefined) {
    return dependsOnTier(kind) ? this.faults.of(orgId, matrix, known) : Promise.resolve(NO_FAULTS);
  }

  private async entry({ customer, outcome: { kind }, point, matrix, contractKey }: ExceptionFound) {
    const { at, known } = point;
    const faults = await this.faultsOf(customer.orgId, kind, matrix, known);
    const within = (standings: readonly StandingPeriod[]) => {
      const entries = exceptionEntries(standings, kind, faults);
      const entry = entryAt(entries, at);
      return entry && { ...entry, previous: entries.findLast(({ since }) => since < entry.since) ?? null };
    };
    const standings = standingsKnown(customer, known);
    // One of several contracts may be at odds in a way in which the customer is not.
    const alone = () => within(standingsOf(onlyContract(customer, contractKey), known));
    const first = standings[0]?.from ?? null;
    return (
      within(standings) ??
      (contractKey === undefined ? null : alone()) ?? {
        since: BEGINNING,
        until: first !== null && first > at ? first : null,
        previous: null,
      }
    );
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

const onlyContract = (customer: CustomerDocument, contractKey: string | undefined) => {
  const facts = factsOf(customer);
  return { ...facts, contracts: facts.contracts.filter(({ key }) => key === contractKey) };
};
