import type { Instant } from '../../domain/shared/instant.js';
import type { ReadModel, ReadStore } from './read-store.js';

/** The read models of one organization, folded from the log alone, in a store of their own. */
export interface ReplayedState {
  readonly reads: ReadStore;
  readonly models: readonly ReadModel<object>[];
  /** Events of the organization that have been folded. */
  readonly events: number;
  /** Position of the last of them; 0: none. */
  readonly position: bigint;
  /** How far the log has been looked through. */
  readonly through: bigint;
  /** When the last of them was recorded; null: none. */
  readonly recordedAt: Instant | null;
  /** Which of the organization's events lies at a position, from 1, whatever else is in the log; undefined: none. */
  ordinalOf(position: bigint): number | undefined;
  /**
   * Goes on up to a position (inclusive), leaving out what was recorded after `until`.
   *
   * @throws EventStoreError, UnreadableEventError
   */
  upTo(position: bigint, until?: Instant): Promise<void>;
  /** Drops the store. */
  close(): Promise<void>;
}

export abstract class StateReplay {
  abstract begin(orgId: string): Promise<ReplayedState>;
}
