import type { Outcome } from '../../domain/binding/bind.js';
import { ruleAt } from '../../domain/binding/exception-rule.js';
import { settle } from '../../domain/binding/settle.js';
import type { Standing } from '../../domain/binding/standing.js';
import type { CoverageContent } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import { earliest, type Instant } from '../../domain/shared/instant.js';
import type { Terms } from '../../domain/terms/terms.js';
import type { CoverageReader } from './coverage-reader.js';
import type { OrganizationMatrix } from './matrix-reader.js';
import type { PointInTime } from './points-in-time.js';
import type { PromiseReader } from './promise-reader.js';

/** Applies the organization's rule for exceptions to a lookup; the exception itself stays where it is. */
export class ExceptionSettler {
  constructor(
    private readonly promises: PromiseReader,
    private readonly coverages: CoverageReader,
  ) {}

  /** Null: the exception is the answer. */
  async settle(
    orgId: string,
    matrix: OrganizationMatrix,
    standing: Standing,
    point: PointInTime,
    priority: string | undefined,
  ): Promise<Outcome | null> {
    const rule = ruleAt(matrix.rules, point.at, point.known);
    if (rule === 'REFUSE' || !standing.exception) return null;
    const mapped = await this.promises.tier(orgId, matrix, standing.mapping?.tier, point);
    const contracts = await Promise.all(
      standing.active.map(async (contract) => ({
        contract,
        tier: await this.promises.tier(orgId, matrix, contract.mark.tier, point),
        overrides: await this.promises.overrides(orgId, contract),
      })),
    );
    const terms = [mapped, ...contracts.map(({ tier }) => tier)].flatMap((tier) => tier?.terms ?? []);
    const overrides = contracts.flatMap((contract) => contract.overrides ?? []);
    const coverageOf = await this.coverageOf(orgId, matrix, [...terms, ...overrides], point);
    return settle(standing, { mapped, contracts, coverageOf }, rule, priority);
  }

  private async coverageOf(
    orgId: string,
    matrix: OrganizationMatrix,
    terms: readonly Terms[],
    point: PointInTime,
  ): Promise<(key: string) => CoverageContent> {
    const contents = new Map<string, CoverageContent>();
    for (const { coverage } of terms.flatMap(({ commitments }) => commitments)) {
      const content = await this.coverages.content(orgId, matrix, coverage, point);
      if (content) contents.set(identifierKey(coverage), content);
    }
    return (key) => contents.get(identifierKey(key)) ?? this.coverages.fallback;
  }
}

/** The first instant after `at` at which anything in the matrix begins or ends; null: none. */
export const matrixTurnAfter = ({ tiers, coverages }: OrganizationMatrix, at: Instant): Instant | null =>
  earliest(...[...tiers.values(), ...coverages.values()].map(({ timeline }) => timeline.turnAfter(at)));
