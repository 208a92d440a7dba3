import { LRUCache } from 'lru-cache';
import { tierFaults, type TierFaults, type TierInTime } from '../../domain/binding/tier-faults.js';
import type { Instant } from '../../domain/shared/instant.js';
import type { Terms } from '../../domain/terms/terms.js';
import type { MatrixReader, MatrixSubject, OrganizationMatrix } from './matrix-reader.js';

/** States of knowledge of one matrix whose faults are kept: a list asks about one, page by page. */
const KEPT = 4;

/** When the tiers of an organization fail those who rely on them; worked out once for each matrix that is served. */
export class TierFaultsReader {
  private readonly known = new WeakMap<OrganizationMatrix, LRUCache<string, Promise<TierFaults>>>();

  constructor(private readonly matrix: MatrixReader) {}

  /** @param known absent: everything recorded is known */
  of(orgId: string, matrix: OrganizationMatrix, known: Instant | undefined): Promise<TierFaults> {
    const ofMatrix = this.known.get(matrix) ?? new LRUCache<string, Promise<TierFaults>>({ max: KEPT });
    this.known.set(matrix, ofMatrix);
    const kept = ofMatrix.get(known ?? '');
    if (kept) return kept;
    const working = this.work(orgId, matrix, known);
    ofMatrix.set(known ?? '', working);
    const askAgainNextTime = (): void => void ofMatrix.delete(known ?? '');
    working.catch(askAgainNextTime);
    return working;
  }

  private async work(orgId: string, { tiers }: OrganizationMatrix, known: Instant | undefined) {
    const inTime: TierInTime[] = [];
    for (const [key, subject] of tiers)
      inTime.push({ key, periods: await this.periods(orgId, subject, known) });
    return tierFaults(inTime);
  }

  private async periods(orgId: string, { document, timeline }: MatrixSubject, known: Instant | undefined) {
    const periods: { from: Instant; to: Instant | null; terms: Terms }[] = [];
    for (const { from, to, mark } of timeline.segments(known)) {
      if (mark.kind !== 'TIER_TERMS') continue;
      const { content } = (await this.matrix.version(orgId, 'TIER', document.key, mark)).version;
      if ('terms' in content) periods.push({ from, to, terms: content.terms });
    }
    return periods;
  }
}
