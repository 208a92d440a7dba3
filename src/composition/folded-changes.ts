import { changesProjection } from '../../projections/changes/changes.projection.js';
import type { EventStore } from '../application/ports/event-store.js';
import { WrittenChanges } from '../application/ports/written-changes.js';
import type { ChangeDocument } from '../application/read-models/changes.read-model.js';

/** Folds a change from its subject's stream, as its read model does once it gets there. */
export class FoldedChanges extends WrittenChanges {
  constructor(private readonly events: EventStore) {
    super();
  }

  override async change(stream: string, changeId: string): Promise<ChangeDocument | null> {
    let document: ChangeDocument | null = null;
    for await (const event of this.events.readStream(stream)) {
      if (!('changeId' in event.data) || event.data.changeId !== changeId) continue;
      for (const key of changesProjection.keys(event))
        document = changesProjection.evolve(document, event, key);
    }
    return document;
  }
}
