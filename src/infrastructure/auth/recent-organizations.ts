import { LRUCache } from 'lru-cache';
import type { OrganizationState } from '../../domain/organization/organization.state.js';
import { EventStoreError } from '../../application/ports/event-store.js';

/** Where organizations are looked up; the organization service is one. */
export interface OrganizationFinder {
  find(orgId: string): Promise<OrganizationState | null>;
}

interface Known {
  readonly state: Promise<OrganizationState | null>;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/** Part of the five seconds within which a revocation must be felt; the verified token's own age is the rest. */
const MAX_AGE_MS = 2000;
/** How long people stay signed in while the log cannot be asked. It cannot learn of a revocation then either. */
const MAX_AGE_DURING_OUTAGE_MS = 5 * 60_000;

/**
 * Organizations as they were at most two seconds ago, so that a thousand people signed in cost one look at the
 * log, not a thousand. While the log is unavailable, what was known serves on for five minutes.
 */
export class RecentOrganizations {
  private readonly known = new LRUCache<string, Known>({ max: 1000 });
  private readonly lastGood = new LRUCache<string, { state: OrganizationState; at: number }>({ max: 1000 });

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly finder: OrganizationFinder,
    private readonly now: () => number = Date.now,
  ) {}

  find(orgId: string): Promise<OrganizationState | null> {
    const now = this.now();
    const known = this.known.get(orgId);
    if (known !== undefined && now - known.askedAt < MAX_AGE_MS && now >= known.askedAt) return known.state;
    const state = this.ask(orgId, now);
    this.known.set(orgId, { state, askedAt: now });
    return state;
  }

  /**
   * What `pick` finds in the organization. What it does not find is looked for again in the organization as it is now: a
   * key or a password counts from the moment it is made, and only what was taken away may last for two seconds.
   */
  async findIn<T>(
    orgId: string,
    pick: (organization: OrganizationState) => T | undefined,
  ): Promise<T | undefined> {
    const came = this.now();
    const known = await this.find(orgId);
    const found = known === null ? undefined : pick(known);
    if (found !== undefined || (this.known.get(orgId)?.askedAt ?? 0) >= came) return found;
    this.known.delete(orgId);
    const current = await this.find(orgId);
    return current === null ? undefined : pick(current);
  }

  private async ask(orgId: string, askedAt: number): Promise<OrganizationState | null> {
    try {
      const state = await this.finder.find(orgId);
      if (state === null) this.lastGood.delete(orgId);
      else this.lastGood.set(orgId, { state, at: askedAt });
      return state;
    } catch (error) {
      const good = this.lastGood.get(orgId);
      const serves = good !== undefined && askedAt - good.at <= MAX_AGE_DURING_OUTAGE_MS;
      if (serves && error instanceof EventStoreError && error.kind === 'UNAVAILABLE') return good.state;
      // Those who wait learn of the failure; the next caller asks again.
      this.known.delete(orgId);
      throw error;
    }
  }
}
