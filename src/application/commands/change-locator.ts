import { DomainError } from '../../domain/shared/domain-error.js';
import type { EventStore } from '../ports/event-store.js';
import type { Freshness } from '../ports/freshness.js';
import type { ReadStore } from '../ports/read-store.js';
import { CHANGES, type ChangeDocument } from '../read-models/changes.read-model.js';
import { documentKey } from '../read-models/document-key.js';

/** Finds the subject that a change is about: its id alone does not say. */
export class ChangeLocator {
  constructor(
    private readonly store: ReadStore,
    private readonly events: EventStore,
    private readonly freshness: Freshness,
  ) {}

  /** @throws DomainError NOT_FOUND; another organization's change is not there either */
  async locate(orgId: string, changeId: string): Promise<ChangeDocument> {
    const key = documentKey(orgId, changeId);
    const known = await this.store.get(CHANGES, key);
    if (known) return known;
    // It may have been proposed a moment ago, by another process.
    await this.freshness.atLeast(await this.events.head(), [CHANGES.name]);
    const found = await this.store.get(CHANGES, key);
    if (!found) throw new DomainError('NOT_FOUND', `There is no change ${changeId}.`, { path: ['changeId'] });
    return found;
  }
}
