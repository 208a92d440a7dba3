import { userInfo } from 'node:os';
import type { CommandSource, OrganizationService } from '../application/organization/organization-service.js';
import type { EventStore } from '../application/ports/event-store.js';
import type { Config } from '../infrastructure/config/config.js';

/** The log and who is in it: all that organizations, people, keys and tokens need. */
export interface Administration {
  readonly config: Config;
  readonly events: EventStore;
  readonly organizations: OrganizationService;
  /** Goes into the metadata of what is written. */
  readonly source: CommandSource;
}

/** Opens the log alone, which takes a fraction of what opening the whole product takes. */
export const withAdministration = async <T>(work: (parts: Administration) => Promise<T>): Promise<T> => {
  const [config, stores, service, passwords, keys, clocks, ids] = await Promise.all([
    import('../infrastructure/config/config.js'),
    import('../composition/stores.js'),
    import('../application/organization/organization-service.js'),
    import('../infrastructure/auth/scrypt-password-hasher.js'),
    import('../infrastructure/auth/api-key.js'),
    import('../infrastructure/system-clock.js'),
    import('../infrastructure/id-generator.js'),
  ]);
  const read = config.readConfig(process.env);
  const clock = new clocks.SystemClock();
  const events = await stores.openEventStore(read, clock);
  try {
    const organizations = new service.OrganizationService({
      events,
      clock,
      ids: new ids.UuidGenerator(),
      passwords: new passwords.ScryptPasswordHasher(),
      keys: new keys.RandomApiKeyMaker(),
    });
    return await work({ config: read, events, organizations, source: operator() });
  } finally {
    await events.close();
  }
};

/** Whoever may write to the data may administer it; the log says which account of the machine it was. */
export const operator = (): CommandSource => ({ actor: operatorName(), roles: [], via: 'cli' });

export const operatorName = (): string => `cli:${accountName()}`;

const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
};
