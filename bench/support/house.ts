import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { EventStoreError, type Append } from '../../src/application/ports/event-store.js';
import { openCore, type Core, type Substitutes } from '../../src/composition/core.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { createLogger } from '../../src/infrastructure/observability/logger.js';
import { contractVersion, mappingVersion, ORG, tierVersion } from './events.js';

const APPENDS_AT_ONCE = 2_000;
const PATIENCE_MS = 30 * 60_000;
export const TIERS = ['startup', 'growth', 'enterprise'] as const;

/** A data folder with an organization in it, its read models caught up, and a key that may look up. */
export interface House {
  readonly dataDir: string;
  readonly key: string;
  readonly events: number;
}

const settings = (dataDir: string): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'error',
  PORT: '0',
  SLA_DEMO: 'off',
});

/** The environment of a server on the house. Port 0: any free one. */
export const environmentOf = ({ dataDir }: Pick<House, 'dataDir'>): NodeJS.ProcessEnv => settings(dataDir);

export const openHouse = (dataDir: string, substitutes?: Substitutes): Promise<Core> =>
  openCore(readConfig(settings(dataDir)), createLogger({ level: 'error' }), substitutes);

const built = new Map<string, Promise<House>>();
/** Where houses stay for later runs; absent: they go at the end of this one. */
const KEPT = process.env['BENCH_HOUSES'];
const folders: string[] = [];

/** Many customers, each mapped to a tier and with a contract of the same tier. Built once for all benchmarks of a run. */
export const houseOf = (customers: number): Promise<House> =>
  builtHouse(String(customers), (core) => appendAll(core, customersAndTiers(customers)));

/** Builds a house once for all benchmarks of a run. */
export const builtHouse = (
  name: string,
  fill: (core: Core) => Promise<void>,
  substitutes?: Substitutes,
): Promise<House> => {
  const known = built.get(name) ?? build(name, fill, substitutes);
  built.set(name, known);
  return known;
};

export const removeHouses = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  built.clear();
};

export const customerId = (number: number): string => `CUST-${number}`;

const build = async (
  name: string,
  fill: (core: Core) => Promise<void>,
  substitutes?: Substitutes,
): Promise<House> => {
  if (KEPT === undefined) {
    const dataDir = await mkdtemp(join(tmpdir(), 'sla-bench-house-'));
    folders.push(dataDir);
    return furnish(dataDir, fill, substitutes);
  }
  const dataDir = join(KEPT, name);
  const note = join(dataDir, 'house.json');
  const known = await readFile(note, 'utf8').catch(nothing);
  if (known !== null) return JSON.parse(known) as House;
  // What a run that was broken off has left is no house.
  await rm(dataDir, { recursive: true, force: true });
  const house = await furnish(dataDir, fill, substitutes);
  await writeFile(note, JSON.stringify(house));
  return house;
};

const furnish = async (
  dataDir: string,
  fill: (core: Core) => Promise<void>,
  substitutes?: Substitutes,
): Promise<House> => {
  const core = await openHouse(dataDir, substitutes);
  await core.organizations.createOrganization({ orgId: ORG });
  const { key } = await core.organizations.createKey({ orgId: ORG, name: 'bench', scopes: ['lookup:read'] });
  await fill(core);
  const head = await core.events.head();
  process.stderr.write(`  ${head} events appended; projecting …\n`);
  core.runtime.start();
  const models = ALL_PROJECTIONS.map(({ model }) => model.name);
  await core.runtime.atLeast(models, head, { timeoutMs: PATIENCE_MS });
  await core.close();
  return { dataDir, key, events: Number(head) };
};

export const appendAll = async ({ events }: Core, appends: Iterable<Append>): Promise<void> => {
  let batch: Append[] = [];
  const flush = async (): Promise<void> => {
    for (const answer of await events.appendMany(batch)) if (answer instanceof EventStoreError) throw answer;
    batch = [];
  };
  for (const append of appends) {
    batch.push(append);
    if (batch.length === APPENDS_AT_ONCE) await flush();
  }
  await flush();
};

const customersAndTiers = function* (customers: number): Generator<Append> {
  for (const [rank, tier] of TIERS.entries()) yield tierVersion(tier, rank + 1);
  for (let number = 0; number < customers; number++) {
    const tier = TIERS[number % TIERS.length]!;
    yield mappingVersion(customerId(number), tier);
    yield contractVersion(customerId(number), tier);
  }
};

const nothing = (): null => null;
