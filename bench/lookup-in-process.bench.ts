import { join } from 'node:path';
import Database from 'libsql';
import type { Found } from '../src/application/ports/read-store.js';
import { CUSTOMERS, type CustomerDocument } from '../src/application/read-models/customers.read-model.js';
import { documentKey } from '../src/application/read-models/document-key.js';
import { identifierKey } from '../src/domain/shared/identifier.js';
import type { BenchRow } from './bench-row.js';
import { ORG } from './support/events.js';
import { customerId, houseOf, openHouse } from './support/house.js';
import { inTurns, ROUNDS } from './support/rounds.js';

const CUSTOMERS_IN_ALL = 100_000;
const COLD_READS = 5_000;
const HOT_READS = 100_000;
const HOT_CUSTOMERS = 1_000;

type Read = (id: string) => unknown;

const perSecond = async (reads: number, idOf: (read: number) => string, read: Read): Promise<number> => {
  const start = performance.now();
  for (let at = 0; at < reads; at++) await read(idOf(at));
  return reads / ((performance.now() - start) / 1_000);
};

/** The binding answer itself, beside the least that reading its customer can cost: one point read and JSON.parse. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const { dataDir } = await houseOf(CUSTOMERS_IN_ALL);
  const core = await openHouse(dataDir);
  const peer = new Database(join(dataDir, 'peer.db'));
  peer.exec('DROP TABLE IF EXISTS documents');
  peer.exec('CREATE TABLE documents (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
  await copyCustomers(core.reads, peer);
  const select = peer.prepare('SELECT json FROM documents WHERE key = ?');
  const pointRead: Read = (id) =>
    JSON.parse((select.get([documentKey(ORG, identifierKey(id))]) as { json: string }).json) as unknown;
  const lookup: Read = (id) => core.lookups.lookup(ORG, { customerId: id });

  // Nobody is asked for twice, so that no cache helps; with a step that scatters them over the file.
  const scattered = (from: number) => (read: number) =>
    customerId(((from + read) * 7_919) % CUSTOMERS_IN_ALL);
  const begun = { ours: 0, peer: 0 };
  const cold = await inTurns(
    () => perSecond(COLD_READS, scattered(COLD_READS * begun.ours++), lookup),
    () => perSecond(COLD_READS, scattered(COLD_READS * begun.peer++), pointRead),
    ROUNDS,
  );
  const again = (read: number): string => customerId(read % HOT_CUSTOMERS);
  const hot = await inTurns(
    () => perSecond(HOT_READS, again, lookup),
    () => perSecond(HOT_READS, again, pointRead),
  );
  await core.close();
  peer.close();
  const row = (name: string, goal: string, figures: Pick<BenchRow, 'ours' | 'peer'>): BenchRow => ({
    name: `lookup in process, ${name}, beside a libsql point read and JSON.parse`,
    unit: 'lookups/s',
    goal,
    ...figures,
  });
  return [row('cold', '≥ 0.5 ×', cold), row('hot', '≥ 5 ×', hot)];
};

const copyCustomers = async (
  reads: Awaited<ReturnType<typeof openHouse>>['reads'],
  peer: Database.Database,
): Promise<void> => {
  const insert = peer.prepare('INSERT INTO documents VALUES (?, ?)');
  peer.exec('BEGIN');
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Found<CustomerDocument>[] = await reads.scan(CUSTOMERS, { after, limit: 1_000 });
    for (const { key, document } of page) insert.run([key, JSON.stringify(document)]);
    after = page.at(-1)?.key;
  }
  peer.exec('COMMIT');
};
