import { CHANGES } from '../read-models/changes.read-model.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { CURRENT_MATRIX } from '../read-models/current-matrix.read-model.js';
import { CUSTOMERS } from '../read-models/customers.read-model.js';
import { documentKey, positionText } from '../read-models/document-key.js';
import { HISTORY, type VersionDocument } from '../read-models/history.read-model.js';
import type { ReadStore } from '../ports/read-store.js';
import type { ChangeQuery } from '../queries/change-query.js';
import type { HistoryQuery } from '../queries/history-query.js';
import type { ApprovedChange, Change } from '../queries/views.js';

/** The read models that an approved change is shown from. */
export const FEED_MODELS: readonly string[] = [HISTORY, CHANGES, CURRENT_MATRIX, CUSTOMERS, CONTRACTS].map(
  ({ name }) => name,
);

/** A part of the log as an organization sees it. */
export interface Stretch {
  /** Exclusive. */
  readonly after: bigint;
  /** Inclusive; the read models must reflect it. */
  readonly upTo: bigint;
  /** Most entries. */
  readonly limit: number;
}

/** Approved versions of one organization in log order, with the change behind each. */
export class ApprovedChanges {
  constructor(
    private readonly store: ReadStore,
    private readonly changes: ChangeQuery,
    private readonly history: HistoryQuery,
  ) {}

  async between(orgId: string, { after, upTo, limit }: Stretch): Promise<readonly ApprovedChange[]> {
    const found = await this.store.find(HISTORY, {
      index: 'byPosition',
      equals: [orgId],
      range: { gt: positionText(after), lte: positionText(upTo) },
      limit,
    });
    const documents = found.map(({ document }) => document);
    const changes = await this.changesOf(orgId, documents);
    return Promise.all(
      documents.map(async (document) => ({
        position: document.position,
        change: changes.get(document.changeId)!,
        version: await this.history.view(orgId, document),
      })),
    );
  }

  /** Thousands of versions may come of one import: each change is looked at once. */
  private async changesOf(
    orgId: string,
    documents: readonly VersionDocument[],
  ): Promise<ReadonlyMap<string, Change>> {
    const keys = new Set(documents.map(({ changeId }) => documentKey(orgId, changeId)));
    const found = await this.store.getMany(CHANGES, [...keys]);
    const views = new Map<string, Change>();
    for (const document of found.values()) views.set(document.changeId, await this.changes.view(document));
    for (const { changeId, position } of documents)
      if (!views.has(changeId))
        throw new Error(`Change ${changeId} of the version at ${position} is in no read model.`);
    return views;
  }
}
