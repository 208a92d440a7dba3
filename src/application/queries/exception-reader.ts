import { contradictionInWords, type TierInForce } from '../../domain/binding/bind.js';
import type { ExceptionKind } from '../../domain/binding/exception-kind.js';
import { gapsIn } from '../../domain/binding/tier-faults.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Terms } from '../../domain/terms/terms.js';
import { standingsKnown } from '../read-models/customer-facts.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import type { ExceptionViews } from './exception-views.js';
import type { MatrixReader, OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import { PromiseReader } from './promise-reader.js';
import type { SlaException } from './views.js';

/** What all customers of an organization share at a point in time. */
export interface Situation {
  readonly orgId: string;
  readonly point: PointInTime;
  readonly matrix: OrganizationMatrix;
  /** In force at the point, by key. */
  readonly tiers: ReadonlyMap<string, TierInForce>;
}

/** The exceptions of one customer: what contradicts what, waived or not, and where the tier that would bind fails. */
export class ExceptionReader {
  private readonly promises: PromiseReader;

  constructor(
    private readonly matrix: MatrixReader,
    private readonly views: ExceptionViews,
  ) {
    this.promises = new PromiseReader(matrix);
  }

  /** @param matrix absent: as it is served now */
  async situation(orgId: string, point: PointInTime, matrix?: OrganizationMatrix): Promise<Situation> {
    const shared = matrix ?? (await this.matrix.matrixOf(orgId));
    return { orgId, point, matrix: shared, tiers: await this.promises.tiers(orgId, shared, point) };
  }

  /**
   * One, or none; two where the side that a waiver lets bind has a tier that fails. Before the first fact about a
   * customer there is nothing that could contradict anything.
   */
  async of(customer: CustomerDocument, situation: Situation): Promise<readonly SlaException[]> {
    const { point, matrix, tiers } = situation;
    const [first] = standingsKnown(customer, point.known);
    if (!first || point.at < first.from) return [];
    const { standing, outcome } = await this.promises.promised(customer, matrix, point);
    const view = (kind: ExceptionKind, explanation: readonly string[]) =>
      this.views.view({
        customer,
        standing,
        outcome: { type: 'EXCEPTION', kind, explanation },
        point,
        matrix,
      });
    const found: SlaException[] = [];
    if (standing.contradiction && standing.waiver)
      found.push(await view(standing.contradiction, contradictionInWords(standing)));
    if (outcome.type === 'EXCEPTION') found.push(await view(outcome.kind, outcome.explanation));
    else {
      const tier = tiers.get(identifierKey(outcome.tier));
      const gaps = tier ? gapsLeft(outcome.terms, gapsOf(tier, tiers)) : [];
      const gap = `${outcome.tier} has no commitment for ${gaps.join(', ')}, which other tiers have.`;
      if (gaps.length > 0) found.push(await view('INCOMPLETE_TERMS', [...outcome.explanation, gap]));
    }
    return found;
  }
}

/** Priorities in use that the tier has no commitment for. */
export const gapsOf = ({ terms }: TierInForce, tiers: ReadonlyMap<string, TierInForce>): readonly string[] =>
  gapsIn(
    terms,
    [...tiers.values()].map((tier) => tier.terms),
  );

/** Of a tier's gaps those that the contract's own terms do not fill. */
const gapsLeft = ({ commitments }: Terms, gaps: readonly string[]): readonly string[] => {
  const own = new Set(commitments.map(({ priority }) => identifierKey(priority)));
  return gaps.filter((priority) => !own.has(identifierKey(priority)));
};
