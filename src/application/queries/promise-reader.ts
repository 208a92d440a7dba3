import { bind, type Outcome, type TierInForce } from '../../domain/binding/bind.js';
import type { ActiveContract } from '../../domain/binding/marks.js';
import { standingAt, type Standing } from '../../domain/binding/standing.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Terms } from '../../domain/terms/terms.js';
import { factsOf } from '../read-models/customer-facts.js';
import type { CustomerDocument } from '../read-models/customers.read-model.js';
import { tierInForce, type MatrixReader, type OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';

/** What decides the promise, and what was decided. */
export interface Promised {
  readonly standing: Standing;
  readonly outcome: Outcome;
}

/** Brings together what a customer's standing speaks of, and lets the domain say what binds. */
export class PromiseReader {
  constructor(private readonly matrix: MatrixReader) {}

  /** @param contractKey when a contract was asked for: the customer's other contracts do not count then */
  async promised(
    customer: CustomerDocument,
    matrix: OrganizationMatrix,
    point: PointInTime,
    { contractKey, priority }: { readonly contractKey?: string; readonly priority?: string } = {},
  ): Promise<Promised> {
    const standing = standingAt(factsOf(customer), point.at, point.known, contractKey);
    const { orgId } = customer;
    const [mapped, contracted, overrides] = await Promise.all([
      this.tier(orgId, matrix, standing.mapping?.tier, point),
      this.tier(orgId, matrix, standing.contract?.mark.tier, point),
      this.overrides(orgId, standing.contract),
    ]);
    return { standing, outcome: bind(standing, { mapped, contracted, overrides }, priority) };
  }

  /** Null when it is not in force. */
  async tier(
    orgId: string,
    matrix: OrganizationMatrix,
    tier: string | undefined,
    { at, known }: PointInTime,
  ): Promise<TierInForce | null> {
    const subject = tier === undefined ? undefined : matrix.tiers.get(identifierKey(tier));
    const mark = tierInForce(subject, at, known);
    if (!subject || !mark) return null;
    const { content } = (await this.matrix.version(orgId, 'TIER', subject.document.key, mark)).version;
    if (!('terms' in content)) return null;
    const { name, rank, terms } = content;
    return { key: subject.document.id, name, rank, terms, versionNumber: mark.number };
  }

  /** Every tier in force, by key. */
  async tiers(
    orgId: string,
    matrix: OrganizationMatrix,
    point: PointInTime,
  ): Promise<ReadonlyMap<string, TierInForce>> {
    const tiers = new Map<string, TierInForce>();
    for (const key of matrix.tiers.keys()) {
      const tier = await this.tier(orgId, matrix, key, point);
      if (tier) tiers.set(key, tier);
    }
    return tiers;
  }

  /** A contract's own terms; null: it overrides nothing. */
  async overrides(orgId: string, contract: ActiveContract | null): Promise<Terms | null> {
    if (!contract?.mark.hasOverrides) return null;
    const { content } = (await this.matrix.version(orgId, 'CONTRACT', contract.key, contract.mark)).version;
    return 'contractId' in content ? (content.overrides ?? null) : null;
  }
}
