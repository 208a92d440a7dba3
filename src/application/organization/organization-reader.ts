import { LRUCache } from 'lru-cache';
import {
  evolveAll,
  isOrganizationEvent,
  noOrganization,
  type OrganizationState,
  type RecordedOrganizationEvent,
} from '../../domain/organization/organization.state.js';
import { isOrgId } from '../../domain/organization/organization.rules.js';
import { organizationStream } from '../../domain/shared/streams.js';
import type { EventStore } from '../ports/event-store.js';
import { SharedReading } from '../shared-reading.js';

/** Organizations from their streams. Keeps what it has folded and reads only what came since, on every use. */
export class OrganizationReader {
  private readonly folded: LRUCache<string, OrganizationState>;
  private readonly newest = new SharedReading((orgId) => this.refresh(orgId));

  constructor(
    private readonly events: EventStore,
    maxOrganizations = 1000,
  ) {
    this.folded = new LRUCache({ max: maxOrganizations });
  }

  /** As the log has it now; null when there is no such organization. Rejects with EventStoreError. */
  async find(orgId: string): Promise<OrganizationState | null> {
    if (!isOrgId(orgId)) return null;
    const state = await this.current(orgId);
    return state.orgId === null ? null : state;
  }

  /** As {@link find}, but with the empty state for what does not exist. */
  current(orgId: string): Promise<OrganizationState> {
    return this.newest.of(orgId);
  }

  private async refresh(orgId: string): Promise<OrganizationState> {
    const known = this.folded.get(orgId) ?? noOrganization;
    const news: RecordedOrganizationEvent[] = [];
    const fromRevision = known.revision + 1n;
    for await (const event of this.events.readStream(organizationStream(orgId), { fromRevision }))
      if (isOrganizationEvent(event)) news.push(event);
    if (news.length === 0) return known;
    const state = evolveAll(known, news);
    // Organizations that do not exist are not kept: asking for many must not push out those that do.
    if (state.revision > (this.folded.peek(orgId) ?? noOrganization).revision) this.folded.set(orgId, state);
    return state;
  }
}
