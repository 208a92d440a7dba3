import type { Subject } from '../../../domain/change/content.js';
import type { Instant } from '../../../domain/shared/instant.js';
import type { Matrix, PositionText } from './promise.views.js';

export interface AuditEntry {
  readonly id: string;
  readonly position: PositionText;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly roles: readonly string[];
  readonly type: string;
  readonly subject: Subject | null;
  readonly changeId: string | null;
  readonly reason: string | null;
  readonly before: object | null;
  readonly after: object | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
  /** graphql, rest, cli or worker. */
  readonly via: string | null;
}

export interface ReplayDifference {
  readonly readModel: string;
  readonly id: string;
  readonly served: object | null;
  readonly replayed: object | null;
}

export interface AuditReplay {
  readonly position: PositionText;
  readonly events: number;
  readonly matrix: Matrix;
  readonly stateHash: string;
  readonly differences: readonly ReplayDifference[];
}
