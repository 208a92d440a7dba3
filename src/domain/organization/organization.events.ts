import type { ExceptionRule } from '../binding/exception-rule.js';
import type { Event } from '../shared/recorded.js';
import type { Instant } from '../shared/instant.js';

export type Role = 'viewer' | 'member' | 'admin' | 'compliance';
export type Scope = 'lookup:read' | 'tickets:write' | 'feed:read' | 'reference:import';

export type OrganizationCreated = Event<
  'OrganizationCreated',
  { readonly orgId: string; readonly name: string; readonly timeZone: string }
>;
/** A person is added, or their roles change: the roles given are all that they now have. */
export type PersonAdded = Event<
  'PersonAdded',
  { readonly email: string; readonly name: string; readonly roles: readonly Role[] }
>;
/** `hash` is the encoded scrypt hash with its parameters and salt; never the password. */
export type PasswordSet = Event<'PasswordSet', { readonly email: string; readonly hash: string }>;
/** `hash` is the SHA-256 of the key, hex; the key itself is shown once and kept nowhere. */
export type ApiKeyCreated = Event<
  'ApiKeyCreated',
  {
    readonly keyId: string;
    readonly name: string;
    readonly hash: string;
    readonly scopes: readonly Scope[];
    readonly expiresAt?: Instant;
  }
>;
export type ApiKeyRevoked = Event<'ApiKeyRevoked', { readonly keyId: string }>;

/** What an organization has settled for itself; all of it, each time. In force from when it is recorded. */
export interface OrganizationSettings {
  /** What a lookup answers where promises contradict one another. */
  readonly exceptionRule: ExceptionRule;
}

export type SettingsChanged = Event<'SettingsChanged', OrganizationSettings>;

export type OrganizationEvent =
  OrganizationCreated | PersonAdded | PasswordSet | ApiKeyCreated | ApiKeyRevoked | SettingsChanged;

/**
 * One per idempotency key, in a stream of its own: the first command that claims a key owns it.
 * `content` is the SHA-256 of the command, so that the same key with other content is seen.
 */
export type IdempotencyKeyClaimed = Event<
  'IdempotencyKeyClaimed',
  {
    readonly commandId: string;
    readonly content: string;
    readonly stream: string;
    /** Decimal: the command's events, once there, lie at or after this revision. */
    readonly fromRevision: string;
  }
>;
