import type { Instant } from '../../../domain/shared/instant.js';
import type { PositionText } from './promise.views.js';

/** Why the next entry has not been delivered yet. */
export interface WebhookFailure {
  readonly attempts: number;
  readonly message: string;
  readonly failedAt: Instant;
  readonly nextAttemptAt: Instant;
}

/** Its dead letters are a list of their own. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly status: 'ACTIVE' | 'DISABLED';
  readonly position: PositionText;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly failure: WebhookFailure | null;
}

export interface DeadLetter {
  readonly position: PositionText;
  readonly attempts: number;
  readonly message: string;
  readonly failedAt: Instant;
  readonly requested: boolean;
}
