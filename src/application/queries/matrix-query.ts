import { lintMatrix, type MatrixTier } from '../../domain/matrix/lint.js';
import type { CoverageContent } from '../../domain/change/content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import { positionText } from '../read-models/document-key.js';
import type { Freshness } from '../ports/freshness.js';
import type { CoverageReader } from './coverage-reader.js';
import {
  tierInForce,
  type MatrixReader,
  type MatrixSubject,
  type OrganizationMatrix,
} from './matrix-reader.js';
import type { PointInTime, PointsInTime } from './points-in-time.js';
import { TierDiffer } from './tier-differ.js';
import { turningPoints } from './turning-points.js';
import { versionView } from './version-view.js';
import type { CommitmentDelta, LintWarning, Matrix, MatrixDiff, Tier, TurningPoint } from './views.js';

/** The matrix as it binds at an instant, and what lies between two. */
export class MatrixQuery {
  private readonly differ: TierDiffer;

  constructor(
    private readonly reader: MatrixReader,
    private readonly coverages: CoverageReader,
    private readonly times: PointsInTime,
    private readonly freshness: Freshness,
  ) {
    this.differ = new TierDiffer(reader);
  }

  async matrix(
    orgId: string,
    { at, knownAt }: { readonly at?: Instant | LocalDate; readonly knownAt?: Instant | LocalDate } = {},
  ): Promise<Matrix> {
    const position = positionText(await this.freshness.position());
    const point = await this.times.settle(orgId, at, knownAt);
    const matrix = await this.reader.matrixOf(orgId);
    const tiers = await this.tiers(orgId, matrix, point);
    return {
      at: point.at,
      knownAt: point.knownAt,
      position,
      tiers,
      lint: await this.lint(orgId, tiers, point),
    };
  }

  /** Every commitment that differs between two instants, with the change behind each difference. */
  async diff(
    orgId: string,
    from: Instant | LocalDate,
    to: Instant | LocalDate,
    knownAt?: Instant | LocalDate,
  ): Promise<MatrixDiff> {
    const [start, end] = await Promise.all([
      this.times.settle(orgId, from, knownAt),
      this.times.settle(orgId, to, knownAt),
    ]);
    const matrix = await this.reader.matrixOf(orgId);
    const inForce = await Promise.all([start, end].map((point) => this.tiers(orgId, matrix, point)));
    const deltas: CommitmentDelta[] = [];
    for (const key of new Set(inForce.flat().map((tier) => identifierKey(tier.key))))
      deltas.push(
        ...(await this.differ.deltas(orgId, matrix.tiers.get(key)!, [start.at, end.at], end.known)),
      );
    return { from: start.at, to: end.at, deltas };
  }

  /** When the matrix became another one, and when it will. */
  async turningPoints(orgId: string, knownAt?: Instant | LocalDate): Promise<readonly TurningPoint[]> {
    const { known } = await this.times.settle(orgId, undefined, knownAt);
    return turningPoints(await this.reader.matrixOf(orgId), known);
  }

  /** Warnings about the tiers given, measured with the coverages in force; `proposed` as if it were. */
  async lint(
    orgId: string,
    tiers: readonly MatrixTier[],
    point: PointInTime,
    proposed?: CoverageContent,
  ): Promise<readonly LintWarning[]> {
    const matrix = await this.reader.matrixOf(orgId);
    const keys = new Set(
      tiers.flatMap(({ terms }) => [
        ...terms.commitments.map(({ coverage }) => coverage),
        ...terms.channels.flatMap(({ coverage }) => (coverage ? [coverage] : [])),
      ]),
    );
    const contents = new Map<string, CoverageContent>();
    for (const key of keys) {
      const content = await this.coverages.content(orgId, matrix, key, point);
      if (content) contents.set(identifierKey(key), content);
    }
    if (proposed) contents.set(identifierKey(proposed.key), proposed);
    return lintMatrix(tiers, (key) => contents.get(identifierKey(key)));
  }

  /** The tiers in force, the best first. */
  async tiers(orgId: string, matrix: OrganizationMatrix, point: PointInTime): Promise<readonly Tier[]> {
    const tiers = await Promise.all(
      [...matrix.tiers.values()].map((subject) => this.tier(orgId, subject, point)),
    );
    return tiers.filter((tier) => tier !== null).sort((a, b) => b.rank - a.rank || (a.key < b.key ? -1 : 1));
  }

  private async tier(
    orgId: string,
    subject: MatrixSubject,
    { at, known }: PointInTime,
  ): Promise<Tier | null> {
    const { document, timeline } = subject;
    const mark = tierInForce(subject, at, known);
    if (!mark) return null;
    const version = await this.reader.version(orgId, 'TIER', document.key, mark);
    const { content } = version.version;
    if (!('terms' in content)) return null;
    const later = timeline.segments(known).filter(({ from, mark: next }) => from > at && next !== mark);
    const scheduled = await Promise.all(
      [...new Set(later.map(({ mark: next }) => next))].map(async (next) =>
        versionView(await this.reader.version(orgId, 'TIER', document.key, next), timeline, next, known),
      ),
    );
    return {
      key: document.id,
      name: content.name,
      rank: content.rank,
      version: versionView(version, timeline, mark, known),
      terms: content.terms,
      scheduled: scheduled.filter(({ effectiveFrom }) => effectiveFrom > at),
    };
  }
}
