import { DomainError, invalid } from '../shared/domain-error.js';
import { parseInstant, parseTimeZone } from '../shared/instant.js';
import type { Decider } from '../shared/recorded.js';
import type {
  AddPerson,
  CreateKey,
  CreateOrganization,
  OrganizationCommand,
} from './organization.commands.js';
import type { OrganizationEvent } from './organization.events.js';
import {
  parseEmail,
  parseExceptionRule,
  parseName,
  parseOrgId,
  parseRoles,
  parseScopes,
} from './organization.rules.js';
import { evolve, noOrganization, type OrganizationState } from './organization.state.js';

/**
 * What may happen to an organization, its people and its keys.
 *
 * @throws DomainError INVALID_INPUT, DUPLICATE (organization or key), NOT_FOUND (organization, person, key)
 */
export const decide = (
  command: OrganizationCommand,
  state: OrganizationState,
): readonly OrganizationEvent[] => {
  if (command.type === 'CreateOrganization') return create(command, state);
  if (state.orgId === null)
    throw new DomainError('NOT_FOUND', 'There is no such organization. Create it first.');
  switch (command.type) {
    case 'AddPerson':
      return addPerson(command, state);
    case 'SetPassword': {
      const email = parseEmail(command.email);
      if (!state.persons.has(email))
        throw new DomainError('NOT_FOUND', 'There is no such person. Add the person first.', {
          path: ['email'],
        });
      return [{ type: 'PasswordSet', data: { email, hash: command.hash } }];
    }
    case 'CreateKey':
      return createKey(command, state);
    case 'RevokeKey': {
      const key = state.keys.get(command.keyId);
      if (key === undefined) throw new DomainError('NOT_FOUND', 'There is no such key.', { path: ['keyId'] });
      return key.revoked ? [] : [{ type: 'ApiKeyRevoked', data: { keyId: command.keyId } }];
    }
    case 'ChangeSettings': {
      const exceptionRule = parseExceptionRule(command.exceptionRule);
      if (exceptionRule === state.settings.exceptionRule) return [];
      return [{ type: 'SettingsChanged', data: { exceptionRule } }];
    }
  }
};

const create = (command: CreateOrganization, state: OrganizationState): OrganizationEvent[] => {
  const orgId = parseOrgId(command.orgId);
  const name = parseName(command.name, ['name']);
  const timeZone = parseTimeZone(command.timeZone, ['timeZone']);
  if (state.orgId !== null)
    throw new DomainError('DUPLICATE', `The organization ${orgId} exists already. Choose another ID.`, {
      path: ['orgId'],
      existingId: orgId,
    });
  return [{ type: 'OrganizationCreated', data: { orgId, name, timeZone } }];
};

const addPerson = (command: AddPerson, state: OrganizationState): OrganizationEvent[] => {
  const email = parseEmail(command.email);
  const name = parseName(command.name, ['name']);
  const roles = parseRoles(command.roles);
  const known = state.persons.get(email);
  if (known === undefined && roles.length === 0)
    throw invalid(['roles'], 'A new person needs at least one role.');
  const unchanged = known !== undefined && known.name === name && known.roles.join() === roles.join();
  const added: OrganizationEvent[] = unchanged ? [] : [{ type: 'PersonAdded', data: { email, name, roles } }];
  if (command.passwordHash === undefined) return added;
  return [...added, { type: 'PasswordSet', data: { email, hash: command.passwordHash } }];
};

const createKey = (command: CreateKey, state: OrganizationState): OrganizationEvent[] => {
  const { keyId, hash, now } = command;
  const name = parseName(command.name, ['name']);
  const scopes = parseScopes(command.scopes);
  if (state.keys.has(keyId))
    throw new DomainError('DUPLICATE', 'This key exists already.', { existingId: keyId });
  const expiresAt =
    command.expiresAt === undefined ? undefined : parseInstant(command.expiresAt, ['expiresAt']);
  if (expiresAt !== undefined && expiresAt <= now)
    throw invalid(['expiresAt'], 'This key would have ended already. Give an instant that is still to come.');
  const end = expiresAt === undefined ? {} : { expiresAt };
  return [{ type: 'ApiKeyCreated', data: { keyId, name, hash, scopes, ...end } }];
};

export const organizationDecider: Decider<OrganizationCommand, OrganizationState, OrganizationEvent> = {
  initial: noOrganization,
  decide,
  evolve,
};
