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
/** How long somebody known is kept waiting for a log that does not answer. */
const PATIENCE_MS = 500;

/**
 * Organizations as they were at most two seconds ago, so that a thousand people signed in cost one look at the
 * log, not a thousand. While the log is unavailable or slow, what was known serves on for five minutes.
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
    return this.atMostOld(orgId, PATIENCE_MS);
  }

  private atMostOld(orgId: string, patienceMs: number): Promise<OrganizationState | null> {
    const now = this.now();
    const known = this.known.get(orgId);
    if (known !== undefined && now - known.askedAt < MAX_AGE_MS && now >= known.askedAt) return known.state;
    const state = this.ask(orgId, now, patienceMs);
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
    const current = await this.atMostOld(orgId, Infinity);
    return current === null ? undefined : pick(current);
  }

  private async ask(orgId: string, askedAt: number, patienceMs: number): Promise<OrganizationState | null> {
    const good = this.lastGood.get(orgId);
    const known = good !== undefined && askedAt - good.at <= MAX_AGE_DURING_OUTAGE_MS ? good : null;
    const asked = this.current(orgId, askedAt);
    try {
      return await (known === null ? asked : sooner(asked, patienceMs, known.state));
    } catch (error) {
      if (known !== null && error instanceof EventStoreError && error.kind === 'UNAVAILABLE')
        return known.state;
      // Those who wait learn of the failure; the next caller asks again.
      this.known.delete(orgId);
      throw error;
    }
  }

  private async current(orgId: string, askedAt: number): Promise<OrganizationState | null> {
    const state = await this.finder.find(orgId);
    if (state === null) this.lastGood.delete(orgId);
    // An answer that was long on its way must not displace a later one.
    else if ((this.lastGood.peek(orgId)?.at ?? 0) <= askedAt)
      this.lastGood.set(orgId, { state, at: askedAt });
    // It may have come too late for those who asked, and is still news for the next.
    if (this.known.get(orgId)?.askedAt === askedAt)
      this.known.set(orgId, { state: Promise.resolve(state), askedAt });
    return state;
  }
}

/** What a promise gives, or `otherwise` when it takes longer. */
const sooner = async <T>(promise: Promise<T>, milliseconds: number, otherwise: T): Promise<T> => {
  if (milliseconds === Infinity) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, milliseconds, otherwise);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
