import { withOverrides } from '../../domain/binding/bind.js';
import type { ContractContent, CoverageContent } from '../../domain/change/content.js';
import type { MatrixTier } from '../../domain/matrix/lint.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Terms } from '../../domain/terms/terms.js';
import type { ChangeDocument } from '../read-models/changes.read-model.js';
import type { ImportDiff } from './import-diff.js';
import type { MatrixQuery } from './matrix-query.js';
import type { PointsInTime } from './points-in-time.js';
import type { LintWarning } from './views.js';

type TiersInForce = () => Promise<readonly MatrixTier[]>;

/** What a proposal makes look like a mistake, beside the rest of the matrix in force. */
export class ProposalLint {
  constructor(
    private readonly matrix: MatrixQuery,
    private readonly imports: ImportDiff,
    private readonly times: PointsInTime,
  ) {}

  async warnings(
    { orgId, content }: ChangeDocument,
    tiersInForce: TiersInForce,
  ): Promise<readonly LintWarning[]> {
    if ('importId' in content)
      return this.ofTiers(orgId, await this.imports.tiers(orgId, content), tiersInForce);
    if ('terms' in content) return this.ofTiers(orgId, [content], tiersInForce);
    if ('windows' in content) return this.ofCoverage(orgId, content, await tiersInForce());
    if ('overrides' in content && content.overrides)
      return this.ofOverrides(orgId, content, content.overrides, await tiersInForce());
    return [];
  }

  /** The matrix with the proposed tiers in it: warnings about those. */
  private async ofTiers(
    orgId: string,
    proposed: readonly MatrixTier[],
    tiersInForce: TiersInForce,
  ): Promise<readonly LintWarning[]> {
    if (proposed.length === 0) return [];
    const changed = new Set(proposed.map(({ key }) => identifierKey(key)));
    const kept = (await tiersInForce()).filter(({ key }) => !changed.has(identifierKey(key)));
    const warnings = await this.lint(orgId, [...kept, ...proposed]);
    return warnings.filter(({ tier }) => tier !== null && changed.has(identifierKey(tier)));
  }

  /** Other hours, other promises: what nobody has been warned of under the hours in force. */
  private async ofCoverage(
    orgId: string,
    proposed: CoverageContent,
    inForce: readonly MatrixTier[],
  ): Promise<readonly LintWarning[]> {
    return newIn(await this.lint(orgId, inForce, proposed), await this.lint(orgId, inForce));
  }

  /** The contract's terms as they would bind, less what its tier is warned of itself. */
  private async ofOverrides(
    orgId: string,
    { contractId, tier }: ContractContent,
    overrides: Terms,
    inForce: readonly MatrixTier[],
  ): Promise<readonly LintWarning[]> {
    const contracted = inForce.find(({ key }) => identifierKey(key) === identifierKey(tier));
    const named = { key: contractId, name: contractId, rank: contracted?.rank ?? 0 };
    const own = contracted ? [{ ...named, terms: contracted.terms }] : [];
    const bound = { ...named, terms: withOverrides(contracted?.terms ?? null, overrides) };
    const warnings = newIn(await this.lint(orgId, [bound]), await this.lint(orgId, own));
    return warnings.map((warning) => ({ ...warning, tier }));
  }

  private lint(orgId: string, tiers: readonly MatrixTier[], proposed?: CoverageContent) {
    return this.matrix.lint(orgId, tiers, this.times.present(), proposed);
  }
}

const newIn = (warnings: readonly LintWarning[], known: readonly LintWarning[]): readonly LintWarning[] => {
  const said = new Set(known.map(({ message }) => message));
  return warnings.filter(({ message }) => !said.has(message));
};
