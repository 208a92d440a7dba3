import type { OrganizationSettings, Role } from '../../../domain/organization/organization.events.js';

export type { OrganizationSettings } from '../../../domain/organization/organization.events.js';
import type { ErrorCode } from '../../../domain/shared/domain-error.js';
import type { Instant } from '../../../domain/shared/instant.js';
import type { Change } from './change.views.js';
import type { Import } from './import.views.js';
import type { PositionText, SlaException } from './promise.views.js';
import type { Webhook } from './webhook.views.js';

export interface Me {
  readonly subject: string;
  readonly organization: string;
  readonly roles: readonly Role[];
}

/** An expected refusal; `path` names the input field at fault, outermost first. */
export interface UserError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly existingId: string | null;
}

/** Either what the mutation reached, or why it was refused. */
interface Payload {
  readonly position: PositionText | null;
  readonly userErrors: readonly UserError[];
}
export interface ChangePayload extends Payload {
  readonly change: Change | null;
}
export interface ImportPayload extends Payload {
  readonly import: Import | null;
}
export interface SlaExceptionPayload extends Payload {
  readonly exception: SlaException | null;
}

export interface WebhookPayload extends Payload {
  readonly webhook: Webhook | null;
}
export interface NewWebhookPayload extends WebhookPayload {
  readonly secret: string | null;
}

export interface SettingsPayload extends Payload {
  readonly settings: OrganizationSettings | null;
}

export interface SignInPayload {
  readonly token: string | null;
  readonly expiresAt: Instant | null;
  readonly userErrors: readonly UserError[];
}
