import type { Subject } from '../change/content.js';
import type { ErrorCode } from '../shared/domain-error.js';
import type { Event } from '../shared/recorded.js';

/** Somebody tried what they may not do; nothing came of it but this. */
export type ActionRefused = Event<
  'ActionRefused',
  {
    /** The command, e.g. `ApproveChange`. */
    readonly action: string;
    readonly code: Extract<ErrorCode, 'FORBIDDEN' | 'SELF_APPROVAL' | 'NOT_FOUND'>;
    /** As the caller gave it; it need not exist in the organization. */
    readonly triedChangeId?: string;
    readonly subject?: Subject;
    /** What the caller was told. */
    readonly message: string;
    /** Further attempts of the same caller shortly before, which were counted and not recorded one by one. */
    readonly omitted?: number;
  }
>;

export type AuditEvent = ActionRefused;
