import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, type ErrorCode } from '../shared/domain-error.js';
import type { Recorded } from '../shared/recorded.js';
import type { AddPerson, CreateKey, OrganizationCommand } from './organization.commands.js';
import { decide, organizationDecider } from './organization.decider.js';
import type { ApiKeyCreated, OrganizationEvent } from './organization.events.js';
import type { OrganizationState } from './organization.state.js';

const NOW = '2026-03-01T09:00:00.000Z';

const record = (event: OrganizationEvent, index: number): Recorded<OrganizationEvent> => ({
  ...event,
  id: `event-${index}`,
  stream: 'org-acme',
  revision: BigInt(index),
  position: BigInt(index + 1),
  recordedAt: NOW,
  metadata: {
    orgId: 'acme',
    actor: 'system',
    roles: [],
    commandId: 'command',
    $correlationId: 'command',
    $causationId: null,
    schemaVersion: 1,
  },
});

const stateAfter = (events: readonly OrganizationEvent[]): OrganizationState =>
  events.map(record).reduce(organizationDecider.evolve, organizationDecider.initial);

const given = (...events: OrganizationEvent[]) => ({
  when: (command: OrganizationCommand) => ({
    then: (...expected: OrganizationEvent[]) => expect(decide(command, stateAfter(events))).toEqual(expected),
    thenNothingHappens: () => expect(decide(command, stateAfter(events))).toEqual([]),
    thenFails: (code: ErrorCode) => {
      const failing = () => decide(command, stateAfter(events));
      expect(failing).toThrow(DomainError);
      expect(failing).toThrow(expect.objectContaining({ code }));
    },
  }),
});

const created: OrganizationEvent = {
  type: 'OrganizationCreated',
  data: { orgId: 'acme', name: 'Acme', timeZone: 'Europe/Berlin' },
};
const ana: OrganizationEvent = {
  type: 'PersonAdded',
  data: { email: 'ana@acme.com', name: 'Ana', roles: ['member', 'admin'] },
};
const key: ApiKeyCreated = {
  type: 'ApiKeyCreated',
  data: { keyId: 'acme.k1', name: 'Help desk', hash: 'aa', scopes: ['lookup:read'] },
};
const create = (orgId: string, timeZone = 'Europe/Berlin'): OrganizationCommand => ({
  type: 'CreateOrganization',
  orgId,
  name: 'Acme',
  timeZone,
});
const addAna: AddPerson = {
  type: 'AddPerson',
  email: 'ana@acme.com',
  name: 'Ana',
  roles: ['admin', 'member'],
};
const createKey: CreateKey = {
  type: 'CreateKey',
  keyId: 'acme.k1',
  name: 'Help desk',
  hash: 'aa',
  scopes: ['lookup:read'],
  now: NOW,
};

describe('creating an organization', () => {
  it('makes it', () => given().when(create('acme')).then(created));
  it('refuses a second one', () => given(created).when(create('acme')).thenFails('DUPLICATE'));
  it('refuses an unknown time zone', () =>
    given().when(create('acme', 'Mars/Base')).thenFails('INVALID_INPUT'));
  it.each(['', '-acme', 'Acme', 'a.b', 'a_b', 'ä', 'a b', 'a'.repeat(64)])('refuses the ID %j', (orgId) =>
    given().when(create(orgId)).thenFails('INVALID_INPUT'),
  );
  it.each(['a', '0', 'a-', 'acme-2', 'a'.repeat(63)])('takes the ID %j', (orgId) =>
    expect(decide(create(orgId), stateAfter([]))).toHaveLength(1),
  );
});

describe('adding a person', () => {
  it('keeps roles in one order, each once', () =>
    given(created)
      .when({ ...addAna, roles: ['admin', 'member', 'admin'] })
      .then(ana));
  it('normalises the address', () =>
    given(created)
      .when({ ...addAna, email: ' ANA@Acme.com ' })
      .then(ana));
  it('changes the roles of somebody who is there', () =>
    given(created, ana)
      .when({ ...addAna, roles: ['viewer'] })
      .then({ type: 'PersonAdded', data: { email: 'ana@acme.com', name: 'Ana', roles: ['viewer'] } }));
  it('may take every role away', () =>
    given(created, ana)
      .when({ ...addAna, roles: [] })
      .then({ type: 'PersonAdded', data: { email: 'ana@acme.com', name: 'Ana', roles: [] } }));
  it('says nothing twice', () => given(created, ana).when(addAna).thenNothingHappens());
  it('sets the password with it', () =>
    given(created)
      .when({ ...addAna, passwordHash: 'h' })
      .then(ana, { type: 'PasswordSet', data: { email: 'ana@acme.com', hash: 'h' } }));
  it('needs an organization', () => given().when(addAna).thenFails('NOT_FOUND'));
  it('needs a role', () =>
    given(created)
      .when({ ...addAna, roles: [] })
      .thenFails('INVALID_INPUT'));
  it('refuses an unknown role', () =>
    given(created)
      .when({ ...addAna, roles: ['root'] })
      .thenFails('INVALID_INPUT'));
  it.each([
    '',
    'ana',
    'ana@',
    '@acme.com',
    'a b@acme.com',
    'ana@acme.com\nBcc: x@y.z',
    'a@b@c',
    '<ana@acme.com>',
  ])('refuses the address %j', (email) =>
    given(created)
      .when({ ...addAna, email })
      .thenFails('INVALID_INPUT'),
  );
  it('keeps the password when the roles change', () => {
    const password: OrganizationEvent = { type: 'PasswordSet', data: { email: 'ana@acme.com', hash: 'h' } };
    const person = stateAfter([created, ana, password, { ...ana }]).persons.get('ana@acme.com');
    expect(person?.password).toEqual({ hash: 'h', revision: 2n });
  });
});

describe('setting a password', () => {
  it('needs the person', () =>
    given(created).when({ type: 'SetPassword', email: 'ana@acme.com', hash: 'h' }).thenFails('NOT_FOUND'));
  it('is an event of its own', () =>
    given(created, ana)
      .when({ type: 'SetPassword', email: 'Ana@acme.com', hash: 'h' })
      .then({ type: 'PasswordSet', data: { email: 'ana@acme.com', hash: 'h' } }));
});

describe('keys', () => {
  it('are created with scopes', () => given(created).when(createKey).then(key));
  it('may end', () =>
    given(created)
      .when({ ...createKey, expiresAt: '2026-04-01T00:00:00.000Z' })
      .then({
        type: 'ApiKeyCreated',
        data: { ...key.data, expiresAt: '2026-04-01T00:00:00.000Z' },
      }));
  it('do not end before they begin', () =>
    given(created)
      .when({ ...createKey, expiresAt: NOW })
      .thenFails('INVALID_INPUT'));
  it('end at an instant', () =>
    given(created)
      .when({ ...createKey, expiresAt: 'tomorrow' })
      .thenFails('INVALID_INPUT'));
  it('need a scope', () =>
    given(created)
      .when({ ...createKey, scopes: [] })
      .thenFails('INVALID_INPUT'));
  it('refuse an unknown scope', () =>
    given(created)
      .when({ ...createKey, scopes: ['*'] })
      .thenFails('INVALID_INPUT'));
  it('are unique', () => given(created, key).when(createKey).thenFails('DUPLICATE'));
  it('are revoked once', () => {
    const revoke: OrganizationCommand = { type: 'RevokeKey', keyId: 'acme.k1' };
    const revoked: OrganizationEvent = { type: 'ApiKeyRevoked', data: { keyId: 'acme.k1' } };
    given(created, key).when(revoke).then(revoked);
    given(created, key, revoked).when(revoke).thenNothingHappens();
    given(created).when(revoke).thenFails('NOT_FOUND');
  });
});

it('refuses with a DomainError whatever is sent', () => {
  const text = fc.string({ unit: 'binary' });
  const texts = fc.array(text, { maxLength: 3 });
  const command: fc.Arbitrary<OrganizationCommand> = fc.oneof(
    fc.record({ type: fc.constant('CreateOrganization' as const), orgId: text, name: text, timeZone: text }),
    fc.record({ type: fc.constant('AddPerson' as const), email: text, name: text, roles: texts }),
    fc.record({
      type: fc.constant('CreateKey' as const),
      keyId: text,
      name: text,
      hash: text,
      scopes: texts,
      expiresAt: text,
      now: fc.constant(NOW),
    }),
  );
  fc.assert(
    fc.property(command, fc.boolean(), (sent, exists) => {
      try {
        decide(sent, stateAfter(exists ? [created] : []));
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
      }
    }),
  );
});
