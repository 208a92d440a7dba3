import { DomainError } from '../domain/shared/domain-error.js';
import type { Role, Scope } from '../domain/organization/organization.events.js';

/** Who is calling. Taken from a verified token and from nowhere else. */
export interface Principal {
  /** A person's email or the name in the token; for a key its id. */
  readonly subject: string;
  readonly orgId: string;
  readonly roles: readonly Role[];
  readonly kind: 'user' | 'service';
  /** Scopes of an API key; empty for people, whose roles say what they may. */
  readonly scopes: readonly Scope[];
  /** When the proof of identity ends, seconds since 1970; absent for keys without an end. */
  readonly expiresAt?: number;
}

/** Everything that can be allowed or refused. */
export type Permission =
  | 'read'
  | 'propose'
  | 'decide'
  | 'acknowledge'
  | 'administer'
  | 'audit'
  | 'import'
  | 'write-tickets'
  | 'follow-feed';

const OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read', 'follow-feed'],
  member: ['read', 'follow-feed', 'propose', 'acknowledge', 'import', 'write-tickets'],
  admin: [
    'read',
    'follow-feed',
    'propose',
    'acknowledge',
    'import',
    'write-tickets',
    'decide',
    'administer',
    'audit',
  ],
  compliance: ['read', 'follow-feed', 'audit'],
};

const OF_SCOPE: Readonly<Record<Scope, readonly Permission[]>> = {
  'lookup:read': ['read'],
  'tickets:write': ['write-tickets'],
  'feed:read': ['follow-feed'],
  'reference:import': ['import'],
};

export const may = (principal: Principal, permission: Permission): boolean =>
  principal.roles.some((role) => OF_ROLE[role].includes(permission)) ||
  principal.scopes.some((scope) => OF_SCOPE[scope].includes(permission));

/** The one place where roles decide. @throws DomainError FORBIDDEN */
export const authorize = (principal: Principal, permission: Permission): void => {
  if (!may(principal, permission))
    throw new DomainError('FORBIDDEN', `${REFUSED[permission]} ${REMEDY[permission]}`);
};

const REFUSED: Readonly<Record<Permission, string>> = {
  read: 'You may not read the matrix.',
  propose: 'You may not propose changes.',
  decide: 'You may not approve or reject changes.',
  acknowledge: 'You may not acknowledge exceptions.',
  administer: 'You may not change settings or people.',
  audit: 'You may not read the audit log.',
  import: 'You may not import reference sheets.',
  'write-tickets': 'You may not write tickets.',
  'follow-feed': 'You may not follow the feed of approved changes.',
};
const REMEDY: Readonly<Record<Permission, string>> = {
  read: 'Use the token of a person, or a key with the scope lookup:read.',
  propose: 'Ask an admin for the role member.',
  decide: 'Ask somebody with the role admin.',
  acknowledge: 'Ask an admin for the role member.',
  administer: 'Ask somebody with the role admin.',
  audit: 'Ask somebody with the role compliance or admin.',
  import: 'Ask an admin for the role member, or use a key with the scope reference:import.',
  'write-tickets': 'Ask an admin for the role member, or use a key with the scope tickets:write.',
  'follow-feed': 'Use the token of a person, or a key with the scope feed:read.',
};
