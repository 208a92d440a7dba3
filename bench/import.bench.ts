import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import Database from 'libsql';
import type { RecordedEvent } from '../src/domain/events.js';
import { openHouse } from '../test/support/import-house.js';
import { inChunks } from '../test/support/sheets.js';
import type { BenchRow } from './bench-row.js';

const ROUNDS = 7;
const RECORDS = 20_000;
const RECORDS_A_COMMIT = 500;

const MATRIX = `tier,rank,priority,first_response,resolution,coverage
growth,1,P0,1h,4h,business-hours
`;

const sheet = (records: number): string => {
  const lines = Array.from(
    { length: records },
    (_, i) =>
      `CUST-${i},Customer number ${i},CTR-2026-${i},growth,growth,2026-03-${String((i % 28) + 1).padStart(2, '0')},2028-03-28,30000,USD,csm${i % 9}@example.test,${i % 100}`,
  );
  return [
    'customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on,ends_on,annual_value,currency,csm_email,seats',
    ...lines,
  ].join('\n');
};

/** From the sheet's bytes to every record's versions durable in the log: received, analysed, approved, applied. */
const ours = async (csv: string): Promise<{ seconds: number; events: readonly RecordedEvent[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-import-'));
  const house = await openHouse({ folder });
  await house.createOrganization();
  house.worker.start();
  const matrix = await house.bring(MATRIX);
  await house.approve(matrix.importId, matrix.changeId);
  await house.applied(matrix.importId);
  await house.worker.stop();
  await house.pauseProjections();
  const before = await house.log.head();

  const start = performance.now();
  const { importId, changeId } = await house.bring(csv);
  await house.approve(importId, changeId);
  for await (const event of house.log.readAll({ after: before, types: ['ChangeApproved'] }))
    if (event.type === 'ChangeApproved') await house.applier.apply(event);
  const seconds = (performance.now() - start) / 1_000;

  const events: RecordedEvent[] = [];
  for await (const event of house.log.readAll({ after: before })) events.push(event);
  await house.close();
  await rm(folder, { recursive: true });
  return { seconds, events };
};

/** The least that the same work can cost: the sheet parsed and thrown away, the same events inserted unchecked. */
const rawInserts = async (csv: string, events: readonly RecordedEvent[]): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-import-raw-'));
  const db = new Database(join(folder, 'raw.db'));
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec(
    'CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, id TEXT, type TEXT, data TEXT, metadata TEXT)',
  );
  const insert = db.prepare('INSERT INTO events (stream, id, type, data, metadata) VALUES (?, ?, ?, ?, ?)');

  const start = performance.now();
  const parser = parse({ columns: true });
  parser.resume();
  for await (const chunk of inChunks(csv)) if (!parser.write(chunk)) await drained(parser);
  await new Promise((resolve) => parser.end(resolve));
  const eventsACommit = Math.ceil((events.length / RECORDS) * RECORDS_A_COMMIT);
  for (let from = 0; from < events.length; from += eventsACommit) {
    db.exec('BEGIN IMMEDIATE');
    for (const { stream, id, type, data, metadata } of events.slice(from, from + eventsACommit))
      insert.run([stream, id, type, JSON.stringify(data), JSON.stringify(metadata)]);
    db.exec('COMMIT');
  }
  const seconds = (performance.now() - start) / 1_000;

  db.close();
  await rm(folder, { recursive: true });
  return seconds;
};

const drained = (parser: NodeJS.WritableStream) => new Promise((resolve) => parser.once('drain', resolve));

/** A reference sheet of new customers, each with a contract. */
export const benchmark = async (): Promise<BenchRow[]> => {
  const csv = sheet(RECORDS);
  const { events } = await ours(csv);
  const figures: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < ROUNDS; round++)
    // Who begins takes turns, so that neither always meets the disk as the other left it.
    for (const side of round % 2 ? (['peer', 'ours'] as const) : (['ours', 'peer'] as const)) {
      const seconds = side === 'ours' ? (await ours(csv)).seconds : await rawInserts(csv, events);
      figures[side].push(RECORDS / seconds);
    }
  return [
    {
      name: 'import: beside CSV parse and raw inserts of the same events',
      unit: 'records/s',
      goal: '≥ 0.3 ×',
      ...figures,
    },
  ];
};
