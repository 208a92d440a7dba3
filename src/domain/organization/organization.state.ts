import { INITIAL_RULE } from '../binding/exception-rule.js';
import type { RecordedEvent } from '../events.js';
import type { Instant } from '../shared/instant.js';
import type { Recorded } from '../shared/recorded.js';
import type { OrganizationEvent, OrganizationSettings, Role, Scope } from './organization.events.js';

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
  readonly settings: OrganizationSettings;
  /** Of the last event folded in; -1 before the first. */
  readonly revision: bigint;
}

/** What an organization starts with. */
export const INITIAL_SETTINGS: OrganizationSettings = { exceptionRule: INITIAL_RULE };

export const noOrganization: OrganizationState = {
  orgId: null,
  name: '',
  timeZone: 'UTC',
  persons: new Map(),
  keys: new Map(),
  settings: INITIAL_SETTINGS,
  revision: -1n,
};

export type RecordedOrganizationEvent = Extract<RecordedEvent, { type: OrganizationEvent['type'] }>;

type Draft = { -readonly [K in keyof OrganizationState]: OrganizationState[K] } & {
  persons: Map<string, Person>;
  keys: Map<string, ApiKey>;
};

/** The state after further events. Copies it once, however many there are. */
export const evolveAll = (
  state: OrganizationState,
  events: readonly RecordedOrganizationEvent[],
): OrganizationState => {
  const draft = { ...state, persons: new Map(state.persons), keys: new Map(state.keys) };
  for (const event of events) apply(draft, event);
  return draft;
};

export const evolve = (state: OrganizationState, event: Recorded<OrganizationEvent>): OrganizationState =>
  evolveAll(state, [event as RecordedOrganizationEvent]);

const apply = (draft: Draft, event: RecordedOrganizationEvent): void => {
  draft.revision = event.revision;
  switch (event.type) {
    case 'OrganizationCreated':
      Object.assign(draft, event.data);
      return;
    case 'PersonAdded': {
      const password = draft.persons.get(event.data.email)?.password ?? null;
      draft.persons.set(event.data.email, { ...event.data, password });
      return;
    }
    case 'PasswordSet': {
      const { email, hash } = event.data;
      const person = draft.persons.get(email);
      if (person) draft.persons.set(email, { ...person, password: { hash, revision: event.revision } });
      return;
    }
    case 'ApiKeyCreated': {
      const { keyId, expiresAt = null } = event.data;
      draft.keys.set(keyId, { ...event.data, expiresAt, revoked: false });
      return;
    }
    case 'SettingsChanged':
      draft.settings = event.data;
      return;
    case 'ApiKeyRevoked': {
      const key = draft.keys.get(event.data.keyId);
      if (key) draft.keys.set(key.keyId, { ...key, revoked: true });
      return;
    }
  }
};

const TYPES: ReadonlySet<string> = new Set<OrganizationEvent['type']>([
  'OrganizationCreated',
  'PersonAdded',
  'PasswordSet',
  'ApiKeyCreated',
  'ApiKeyRevoked',
  'SettingsChanged',
]);

export const isOrganizationEvent = (event: RecordedEvent): event is RecordedOrganizationEvent =>
  TYPES.has(event.type);

/** How an organization's stream is folded, whatever else may come to lie in it. */
export const ORGANIZATION_FOLD = {
  initial: noOrganization,
  evolve: (state: OrganizationState, event: RecordedEvent): OrganizationState =>
    isOrganizationEvent(event) ? evolveAll(state, [event]) : state,
};
