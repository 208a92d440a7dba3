import type { RecordedEvent } from '../events.js';
import type { Instant } from '../shared/instant.js';
import type { Recorded } from '../shared/recorded.js';
import type { OrganizationEvent, Role, Scope } from './organization.events.js';

export interface Password {
  /** Encoded, with algorithm, parameters and salt. */
  readonly hash: string;
  /** Revision at which it was set; sign-ins with an earlier one no longer count. */
  readonly revision: bigint;
}

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Null: cannot sign in with a password. */
  readonly password: Password | null;
}

export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  /** SHA-256 of the key, hex. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | null;
  readonly revoked: boolean;
}

export interface OrganizationState {
  /** Null before the organization is created. */
  readonly orgId: string | null;
  readonly name: string;
  readonly timeZone: string;
  /** By normalised email. */
  readonly persons: ReadonlyMap<string, Person>;
  readonly keys: ReadonlyMap<string, ApiKey>;
  /** Of the last event folded in; -1 before the first. */
  readonly revision: bigint;
}

export const noOrganization: OrganizationState = {
  orgId: null,
  name: '',
  timeZone: 'UTC',
  persons: new Map(),
  keys: new Map(),
  revision: -1n,
};

type RecordedOrganizationEvent = Extract<RecordedEvent, { type: OrganizationEvent['type'] }>;

export const evolve = (
  state: OrganizationState,
  recorded: Recorded<OrganizationEvent>,
): OrganizationState => {
  const { revision } = recorded;
  const event = recorded as RecordedOrganizationEvent;
  switch (event.type) {
    case 'OrganizationCreated':
      return { ...state, ...event.data, revision };
    case 'PersonAdded': {
      const { email } = event.data;
      const known = state.persons.get(email) ?? { password: null };
      return { ...state, persons: withEntry(state.persons, email, { ...known, ...event.data }), revision };
    }
    case 'PasswordSet': {
      const person = state.persons.get(event.data.email);
      if (person === undefined) return { ...state, revision };
      const changed = { ...person, password: { hash: event.data.hash, revision } };
      return { ...state, persons: withEntry(state.persons, person.email, changed), revision };
    }
    case 'ApiKeyCreated': {
      const key = { ...event.data, expiresAt: event.data.expiresAt ?? null, revoked: false };
      return { ...state, keys: withEntry(state.keys, key.keyId, key), revision };
    }
    case 'ApiKeyRevoked': {
      const key = state.keys.get(event.data.keyId);
      if (key === undefined) return { ...state, revision };
      return { ...state, keys: withEntry(state.keys, key.keyId, { ...key, revoked: true }), revision };
    }
  }
};

const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

const TYPES: ReadonlySet<string> = new Set<OrganizationEvent['type']>([
  'OrganizationCreated',
  'PersonAdded',
  'PasswordSet',
  'ApiKeyCreated',
  'ApiKeyRevoked',
]);

export const isOrganizationEvent = (event: RecordedEvent): event is RecordedOrganizationEvent =>
  TYPES.has(event.type);
