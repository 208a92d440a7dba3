import type { ChangeDocument } from '../read-models/changes.read-model.js';

/** Changes as the log has them, for those who must not wait for the read models. */
export abstract class WrittenChanges {
  /** Null when the subject's stream has no such change. Rejects with EventStoreError. */
  abstract change(stream: string, changeId: string): Promise<ChangeDocument | null>;
}
