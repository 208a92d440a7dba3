import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CUSTOMERS } from '../../src/application/read-models/customers.read-model.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { DyingEventStore, Killed } from '../support/dying-event-store.js';
import { openHouse, type House } from '../support/import-house.js';

const HEADINGS = 'customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on,ends_on';
const RECORDS = 1_000;
const KNOWN = 3;

const sheet = (records: number, tier: string): string =>
  [
    HEADINGS,
    ...Array.from(
      { length: records },
      (_, i) => `C-${i},Customer ${i},K-${i},${tier},${tier},2026-01-01,2027-12-31`,
    ),
  ].join('\n');

const eventsOf = async (house: House, after: bigint): Promise<readonly RecordedEvent[]> => {
  const events = [];
  for await (const event of house.log.readAll({ after })) events.push(event);
  return events;
};

/** Analyses and applies an import whose process dies again and again; every life begins with what the log holds. */
const liveThrough = async (seed: number) => {
  const values = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 5_000 });
  const random = () => values.pop() ?? 0.9;
  let mortal = false;
  const store: { dying?: DyingEventStore } = {};
  const house = await openHouse({
    through: (log) => (store.dying = new DyingEventStore(log, () => mortal && random() < 0.15, random)),
  });
  await house.createOrganization();
  const known = await house.bring(sheet(KNOWN, 'silver'));
  await house.approve(known.importId, known.changeId);
  const approvals = async () =>
    (await eventsOf(house, 0n)).filter((event) => event.type === 'ChangeApproved').slice(3);
  for (const approved of await approvals()) await house.applier.apply(approved);
  const before = await house.log.head();

  const started = await house.bring(sheet(RECORDS, 'gold'));
  await house.approve(started.importId, started.changeId);
  mortal = true;
  const [approved] = (await approvals()).slice(1);
  for (let alive = false; !alive;)
    alive = await house.applier.apply(approved!).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        return false;
      },
    );
  mortal = false;
  await house.caughtUp();
  return { house, events: await eventsOf(house, before), deaths: store.dying!.deaths, ...started };
};

it('applies every row once, wherever its process dies', async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { house, events, importId, deaths } = await liveThrough(seed);
      const rows = events.filter((event) => event.type === 'ImportRowApplied');
      expect(new Set(rows.map(({ stream }) => stream)).size).toBe(RECORDS * 2);
      expect(rows).toHaveLength(RECORDS * 2);
      const progress = events.flatMap((event) => (event.type === 'ImportProgressed' ? event.data : []));
      expect(progress.filter(({ done }) => done)).toEqual([
        { importId, applied: RECORDS, skipped: [], done: true },
      ]);
      expect(progress.flatMap(({ skipped }) => skipped)).toEqual([]);
      expect(await house.reads.count(CUSTOMERS, { index: 'byKey', equals: ['acme'] })).toBe(RECORDS);
      const numbers = rows.map(({ data }) => data.version.number);
      expect(numbers.filter((number) => number === 2)).toHaveLength(KNOWN * 2);
      total += deaths;
      await house.close();
    }),
    { numRuns: 3 },
  );
  expect(total).toBeGreaterThan(0);
}, 60_000);

it('goes on with an analysis where its staged rows end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const values = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 5_000 });
      const random = () => values.pop() ?? 0.9;
      let proposed = false;
      const house = await openHouse({
        through: (log) => new DyingEventStore(log, () => proposed && random() < 0.4, random),
      });
      await house.createOrganization();
      const csv = `${sheet(RECORDS, 'gold')}\nc-7,Again,K-X,gold,gold,2026-01-01,\n`;
      const bringing = house.bring(csv);
      await house.proposed();
      proposed = true;
      const { importId } = await bringing;
      for (let lives = 0; (await house.sheets.names()).length > 0; lives++) {
        if (lives > 100) throw new Error('The analysis does not get on.');
        await house.imports.recover();
        await house.imports.idle();
      }
      expect(house.errors.filter((error) => !(error instanceof Killed))).toEqual([]);
      const staged = await house.rowsOf(importId);
      expect(staged.map(({ record }) => record)).toEqual(
        Array.from({ length: RECORDS + 1 }, (_, i) => i + 1),
      );
      expect(staged.at(-1)).toMatchObject({ outcome: 'DUPLICATE', duplicateOf: 8 });
      expect(await house.importOf(importId)).toMatchObject({
        status: 'READY',
        total: RECORDS + 1,
        counts: { CREATE: RECORDS, DUPLICATE: 1 },
      });
      await house.close();
    }),
    { numRuns: 3 },
  );
}, 60_000);
