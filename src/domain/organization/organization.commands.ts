import type { Instant } from '../shared/instant.js';

export interface CreateOrganization {
  readonly type: 'CreateOrganization';
  readonly orgId: string;
  readonly name: string;
  readonly timeZone: string;
}

/** Adds a person; one who is there already gets this name and these roles, and no others. */
export interface AddPerson {
  readonly type: 'AddPerson';
  readonly email: string;
  readonly name: string;
  /** May be empty for somebody who is there already: it takes every right away. */
  readonly roles: readonly string[];
  /** Encoded hash of a first or a new password; absent: the password stays as it is. */
  readonly passwordHash?: string;
}

export interface SetPassword {
  readonly type: 'SetPassword';
  readonly email: string;
  readonly hash: string;
}

export interface CreateKey {
  readonly type: 'CreateKey';
  readonly keyId: string;
  readonly name: string;
  readonly hash: string;
  readonly scopes: readonly string[];
  /** RFC 3339. */
  readonly expiresAt?: string;
  readonly now: Instant;
}

export interface RevokeKey {
  readonly type: 'RevokeKey';
  readonly keyId: string;
}

export interface ChangeSettings {
  readonly type: 'ChangeSettings';
  readonly exceptionRule: string;
}

export type OrganizationCommand =
  CreateOrganization | AddPerson | SetPassword | CreateKey | RevokeKey | ChangeSettings;
