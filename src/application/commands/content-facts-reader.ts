import type { ContentFacts } from '../../domain/change/parse-content.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Clock } from '../ports/clock.js';
import type { PublicHolidays } from '../ports/public-holidays.js';
import type { MatrixReader } from '../queries/matrix-reader.js';

/** The tiers and coverages that a change may speak of: in force now, or to be. */
export class ContentFactsReader {
  constructor(
    private readonly matrix: MatrixReader,
    private readonly holidays: PublicHolidays,
    private readonly clock: Clock,
  ) {}

  async of(orgId: string): Promise<ContentFacts> {
    const { tiers, coverages } = await this.matrix.matrixOf(orgId);
    const now = this.clock.now();
    const named = new Map(
      [...tiers]
        .filter(([, { timeline }]) =>
          timeline.segments().some(({ mark, to }) => mark.kind === 'TIER_TERMS' && (to === null || to > now)),
        )
        .map(([key, { document }]) => [key, document.id]),
    );
    return {
      hasTier: (key) => named.has(identifierKey(key)),
      tierKeys: () => [...named.values()],
      hasCoverage: (key) => coverages.has(identifierKey(key)),
      coverageKeys: () => [...coverages.values()].map(({ document }) => document.id),
      publicHolidays: this.holidays,
    };
  }
}
