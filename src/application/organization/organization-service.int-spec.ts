import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomApiKeyMaker } from '../../infrastructure/auth/api-key.js';
import { ScryptPasswordHasher } from '../../infrastructure/auth/scrypt-password-hasher.js';
import { SqliteEventStore } from '../../infrastructure/event-store/sqlite/sqlite-event-store.js';
import { UuidGenerator } from '../../infrastructure/id-generator.js';
import { SystemClock } from '../../infrastructure/system-clock.js';
import type { RecordedEvent } from '../../domain/events.js';
import { EventStoreError } from '../ports/event-store.js';
import { OrganizationService } from './organization-service.js';

const clock = new SystemClock();
const passwords = new ScryptPasswordHasher({ logN: 4, r: 8, p: 1 });
const ANA = { orgId: 'acme', email: 'ana@acme.com', name: 'Ana', roles: ['admin'] };

let folder: string;
let stores: SqliteEventStore[];

/** A service of a process of its own: its own connection, its own cache. */
const anotherProcess = () => {
  const events = new SqliteEventStore({ file: join(folder, 'events.db'), clock });
  stores.push(events);
  const parts = { events, clock, passwords, ids: new UuidGenerator(), keys: new RandomApiKeyMaker() };
  return { events, service: new OrganizationService(parts) };
};

let events: SqliteEventStore;
let service: OrganizationService;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-organizations-'));
  stores = [];
  ({ events, service } = anotherProcess());
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const store of stores) await store.close();
  await rm(folder, { recursive: true });
});

const allEvents = async (): Promise<RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for await (const event of events.readAll()) found.push(event);
  return found;
};

describe('creating an organization', () => {
  it('makes it with three approved coverages that hold for the past too', async () => {
    await service.createOrganization({ orgId: 'acme', timeZone: 'America/New_York' });
    expect(await service.find('acme')).toMatchObject({ name: 'acme', timeZone: 'America/New_York' });
    const log = await allEvents();
    expect(log.map(({ stream, type }) => `${stream} ${type}`)).toEqual([
      'org-acme OrganizationCreated',
      'coverage-acme.24x7 ChangeProposed',
      'coverage-acme.24x7 ChangeApproved',
      'coverage-acme.24x5 ChangeProposed',
      'coverage-acme.24x5 ChangeApproved',
      'coverage-acme.business-hours ChangeProposed',
      'coverage-acme.business-hours ChangeApproved',
    ]);
    expect(log.at(-1)).toMatchObject({
      metadata: { orgId: 'acme', actor: 'system', roles: [] },
      data: {
        revision: 1,
        approver: 'system',
        version: {
          number: 1,
          kind: 'COVERAGE',
          subject: { kind: 'COVERAGE', id: 'business-hours' },
          content: { key: 'business-hours', timeZone: 'America/New_York' },
          effectiveFrom: '2000-01-01T00:00:00.000Z',
          backdated: false,
          proposedBy: 'system',
          approvedBy: ['system'],
          reason: 'Default coverage of a new organization',
        },
      },
    });
  });

  it('refuses a second one, and a name that is none', async () => {
    await service.createOrganization({ orgId: 'acme' });
    await expect(service.createOrganization({ orgId: 'acme' })).rejects.toMatchObject({ code: 'DUPLICATE' });
    await expect(service.createOrganization({ orgId: 'Acme' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await allEvents()).toHaveLength(7);
  });

  it('has one winner when many try at once', async () => {
    const others = [service, anotherProcess().service, anotherProcess().service];
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) =>
        (others[i % 3] ?? service).createOrganization({ orgId: 'acme', name: `Acme ${i}` }),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await allEvents()).toHaveLength(7);
  });

  it.each([1, 2, 3])('is completed by repeating it after a crash at append %i', async (crashAt) => {
    const append = events.append.bind(events);
    let appends = 0;
    const crashing = jest.spyOn(events, 'append').mockImplementation((one) => {
      appends += 1;
      return appends > crashAt ? Promise.reject(new EventStoreError('UNAVAILABLE', 'gone')) : append(one);
    });
    await expect(service.createOrganization({ orgId: 'acme' })).rejects.toThrow('gone');
    crashing.mockRestore();
    await anotherProcess().service.createOrganization({ orgId: 'acme' });
    expect(await allEvents()).toHaveLength(7);
    await expect(service.createOrganization({ orgId: 'acme' })).rejects.toMatchObject({ code: 'DUPLICATE' });
  });
});

describe('people and keys', () => {
  beforeEach(() => service.createOrganization({ orgId: 'acme' }));

  it('are seen at once, also by other processes that knew the organization before', async () => {
    const other = anotherProcess().service;
    await other.find('acme');
    await service.addPerson({ ...ANA, password: 'correct horse' });
    const { keyId, key } = await service.createKey({
      orgId: 'acme',
      name: 'Help desk',
      scopes: ['lookup:read'],
    });
    const seen = await other.find('acme');
    expect(seen?.persons.get('ana@acme.com')).toMatchObject({ roles: ['admin'], password: { revision: 2n } });
    expect(seen?.keys.get(keyId)).toMatchObject({ scopes: ['lookup:read'], revoked: false });
    await other.revokeKey('acme', keyId);
    expect((await service.find('acme'))?.keys.get(keyId)?.revoked).toBe(true);
    expect(JSON.stringify((await allEvents()).map(({ data }) => data))).not.toContain(key);
  });

  it('keep no password', async () => {
    await service.addPerson({ ...ANA, password: 'correct horse' });
    await service.setPassword('acme', 'ana@acme.com', 'battery staple');
    const hash = (await service.find('acme'))?.persons.get('ana@acme.com')?.password?.hash ?? '';
    expect(await passwords.verify('battery staple', hash)).toBe(true);
    expect(JSON.stringify((await allEvents()).map(({ data }) => data))).not.toMatch(/horse|staple/);
    await expect(service.setPassword('acme', 'ana@acme.com', 'short')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('are all added when many are added at once, here and elsewhere', async () => {
    const services = [service, anotherProcess().service];
    await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        (services[i % 2] ?? service).addPerson({ ...ANA, email: `p${i}@acme.com` }),
      ),
    );
    expect((await service.find('acme'))?.persons.size).toBe(6);
  });

  it('are read from where the last look ended', async () => {
    await service.find('acme');
    const reading = jest.spyOn(events, 'readStream');
    await service.addPerson(ANA);
    await service.find('acme');
    expect(reading.mock.calls.map(([, options]) => options?.fromRevision)).toEqual([1n, 1n]);
  });

  it('say who did it', async () => {
    await service.addPerson(ANA, { actor: 'root', roles: ['admin'], via: 'cli', correlationId: 'c1' });
    expect((await allEvents()).at(-1)?.metadata).toMatchObject({
      actor: 'root',
      via: 'cli',
      $correlationId: 'c1',
    });
  });

  it('need their organization', async () => {
    await expect(service.addPerson({ ...ANA, orgId: 'nowhere' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await service.find('nowhere')).toBeNull();
    expect(await service.find('../acme')).toBeNull();
  });
});

it('gives up on anything but a conflict at once, and on conflicts in the end', async () => {
  const append = jest.spyOn(events, 'append');
  append.mockRejectedValue(new EventStoreError('UNAVAILABLE', 'away'));
  await expect(service.createOrganization({ orgId: 'acme' })).rejects.toThrow('away');
  expect(append).toHaveBeenCalledTimes(1);
  append.mockRejectedValue(new EventStoreError('CONFLICT', 'taken'));
  await expect(service.createOrganization({ orgId: 'acme' })).rejects.toThrow('taken');
  expect(append).toHaveBeenCalledTimes(11);
});
