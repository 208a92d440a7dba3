import { defaultCoverages } from '../../domain/coverage/default-coverages.js';
import type { OrganizationCommand } from '../../domain/organization/organization.commands.js';
import { decide } from '../../domain/organization/organization.decider.js';
import { parseOrgId } from '../../domain/organization/organization.rules.js';
import type { OrganizationState } from '../../domain/organization/organization.state.js';
import { DomainError, invalid } from '../../domain/shared/domain-error.js';
import { organizationStream, streamOf } from '../../domain/shared/streams.js';
import type { ApiKeyMaker } from '../ports/api-key-maker.js';
import type { Clock } from '../ports/clock.js';
import { EventStoreError, type EventStore, type NewEvent } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import { defaultCoverageAppend } from './default-coverage.js';
import { OrganizationReader } from './organization-reader.js';

/** Conflicts with other writers of the same organization before giving up. */
const MAX_TRIES = 10;
const PASSWORD_LENGTH = { min: 8, max: 1024 };

/** On whose behalf; goes into the metadata of every event. */
export interface CommandSource {
  readonly actor: string;
  readonly roles: readonly string[];
  readonly via?: string;
  readonly correlationId?: string;
}

const SYSTEM: CommandSource = { actor: 'system', roles: [] };

export interface NewOrganization {
  readonly orgId: string;
  /** Absent: the ID. */
  readonly name?: string;
  /** IANA name. Default Europe/Berlin. */
  readonly timeZone?: string;
}

export interface NewPerson {
  readonly orgId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly password?: string;
}

export interface NewKey {
  readonly orgId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** RFC 3339; absent: the key has no end. */
  readonly expiresAt?: string;
}

/** As they are given, not yet checked. */
export interface Settings {
  readonly exceptionRule: string;
}

export interface OrganizationServiceParts {
  readonly events: EventStore;
  readonly ids: IdGenerator;
  readonly clock: Clock;
  readonly passwords: PasswordHasher;
  readonly keys: ApiKeyMaker;
}

/**
 * Organizations, their people and their keys, straight from the log: what was just written counts at once, in
 * every process. Rejects with DomainError for refusals and EventStoreError when the log cannot be used.
 */
export class OrganizationService {
  private readonly reader: OrganizationReader;

  constructor(private readonly parts: OrganizationServiceParts) {
    this.reader = new OrganizationReader(parts.events);
  }

  /** As the log has it now; null when there is no such organization. */
  find(orgId: string): Promise<OrganizationState | null> {
    return this.reader.find(orgId);
  }

  /**
   * Makes the organization and its default coverages. Repeating one that was cut off in the middle completes it.
   *
   * @throws DomainError DUPLICATE, INVALID_INPUT
   */
  async createOrganization(
    { orgId, name = orgId, timeZone = 'Europe/Berlin' }: NewOrganization,
    source = SYSTEM,
  ): Promise<void> {
    try {
      await this.execute(orgId, { type: 'CreateOrganization', orgId, name, timeZone }, source);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'DUPLICATE') throw error;
      const existing = await this.reader.find(orgId);
      const completed = existing !== null && (await this.addCoverages(orgId, existing.timeZone));
      if (completed && existing.name === name && existing.timeZone === timeZone) return;
      throw error;
    }
    await this.addCoverages(orgId, timeZone);
  }

  /** @throws DomainError NOT_FOUND, INVALID_INPUT */
  async addPerson({ orgId, password, ...person }: NewPerson, source = SYSTEM): Promise<void> {
    const passwordHash = password === undefined ? undefined : await this.hash(password);
    await this.execute(orgId, { type: 'AddPerson', ...person, passwordHash }, source);
  }

  /** @throws DomainError NOT_FOUND (organization or person), INVALID_INPUT */
  async setPassword(orgId: string, email: string, password: string, source = SYSTEM): Promise<void> {
    const hash = await this.hash(password);
    await this.execute(orgId, { type: 'SetPassword', email, hash }, source);
  }

  /** The answer holds the key itself, which can be shown once and never again. @throws DomainError */
  async createKey(
    { orgId, ...wanted }: NewKey,
    source = SYSTEM,
  ): Promise<{ readonly keyId: string; readonly key: string }> {
    const { keyId, key, hash } = this.parts.keys.make(parseOrgId(orgId));
    const now = this.parts.clock.now();
    await this.execute(orgId, { type: 'CreateKey', keyId, hash, now, ...wanted }, source);
    return { keyId, key };
  }

  /** A key that is revoked already stays so. @throws DomainError NOT_FOUND */
  async revokeKey(orgId: string, keyId: string, source = SYSTEM): Promise<void> {
    await this.execute(orgId, { type: 'RevokeKey', keyId }, source);
  }

  /** @throws DomainError NOT_FOUND, INVALID_INPUT */
  async changeSettings(orgId: string, settings: Settings, source = SYSTEM): Promise<void> {
    await this.execute(orgId, { type: 'ChangeSettings', ...settings }, source);
  }

  private hash(password: string): Promise<string> {
    const { min, max } = PASSWORD_LENGTH;
    if (password.length < min || password.length > max)
      throw invalid(['password'], `A password has ${min} to ${max} characters.`);
    return this.parts.passwords.hash(password);
  }

  private async execute(orgId: string, command: OrganizationCommand, source: CommandSource): Promise<void> {
    parseOrgId(orgId);
    const commandId = this.parts.ids.random();
    for (let attempt = 1; ; attempt += 1) {
      const state = await this.reader.current(orgId);
      const decided = decide(command, state);
      if (decided.length === 0) return;
      const metadata = {
        orgId,
        actor: source.actor,
        roles: source.roles,
        commandId,
        $correlationId: source.correlationId ?? commandId,
        $causationId: null,
        schemaVersion: 1,
        ...(source.via === undefined ? {} : { via: source.via }),
      };
      const events = decided.map((event): NewEvent => ({ id: this.parts.ids.random(), ...event, metadata }));
      const expected = state.revision < 0n ? 'NO_STREAM' : state.revision;
      try {
        await this.parts.events.append({ stream: organizationStream(orgId), expected, events });
        return;
      } catch (error) {
        if (!isConflict(error) || attempt === MAX_TRIES) throw error;
      }
    }
  }

  /** True when at least one was missing. */
  private async addCoverages(orgId: string, timeZone: string): Promise<boolean> {
    let missing = false;
    for (const content of defaultCoverages(timeZone)) {
      const last = await this.parts.events.readLast(streamOf(orgId, { kind: 'COVERAGE', id: content.key }));
      if (last !== null) continue;
      missing = true;
      try {
        await this.parts.events.append(defaultCoverageAppend(orgId, content, timeZone, this.parts.ids));
      } catch (error) {
        // Somebody else has begun this very coverage in the meantime: theirs counts.
        if (!isConflict(error)) throw error;
      }
    }
    return missing;
  }
}

const isConflict = (error: unknown): boolean => error instanceof EventStoreError && error.kind === 'CONFLICT';
