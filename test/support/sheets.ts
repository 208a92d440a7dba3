import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectColumns } from '../../src/domain/import/headings.js';
import { TierNames, type ReferenceFacts } from '../../src/domain/import/reference-facts.js';
import { DateVotes } from '../../src/domain/import/date-votes.js';
import type { DateOrder } from '../../src/domain/import/sheet-date.js';
import type { SheetLayout, SheetRecord } from '../../src/domain/import/sheet-record.js';
import type { KnownCustomer } from '../../src/domain/import/reference-facts.js';
import type { ContractContent } from '../../src/domain/change/content.js';
import { FileSheetStore } from '../../src/infrastructure/sheet/file-sheet-store.js';

export const testData = (name: string): Buffer => readFileSync(join(import.meta.dirname, '..', 'data', name));

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'sla-sheets-'));

export async function* inChunks(bytes: Uint8Array | string, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.from(bytes);
  for (let from = 0; from < buffer.length; from += size) yield buffer.subarray(from, from + size);
}

/** A sheet's headings and data records, as the product reads them. */
export const readSheet = async (bytes: Uint8Array | string, chunk?: number) => {
  const store = new FileSheetStore(temporaryFolder());
  const looked: SheetRecord[] = [];
  const received = await store.receive(inChunks(bytes, chunk), (run) => looked.push(...run));
  const headings = looked[0]!.cells;
  const records: SheetRecord[] = [];
  await store.keep(received, 'sheet');
  for await (const run of store.read('sheet')) records.push(...run.filter(({ record }) => record > 0));
  return { headings, records, received };
};

/** How a sheet is read when nobody says anything about it. */
export const layoutOf = (
  headings: readonly string[],
  records: readonly SheetRecord[],
  said?: DateOrder,
): SheetLayout => {
  const columns = detectColumns(headings);
  const votes = new DateVotes();
  for (const { cells } of records)
    for (const field of ['startsOn', 'endsOn']) votes.add(cells[columns.places.get(field) ?? -1] ?? '');
  return { ...columns, width: headings.length, dateOrder: votes.order(said) };
};

/** What an organization knows that has the support-tiers matrix, and these customers. */
export const factsWith = (
  customers: readonly (KnownCustomer & { readonly key: string })[] = [],
  contracts: Readonly<Record<string, ContractContent & { readonly customerKey: string }>> = {},
): ReferenceFacts => ({
  now: '2026-07-01T00:00:00.000Z',
  timeZone: 'Europe/Berlin',
  tiers: new TierNames([
    { key: 'startup', name: 'Standard Support' },
    { key: 'growth', name: 'Premium Support' },
    { key: 'enterprise', name: 'Enterprise Support' },
  ]),
  customer: (key) => customers.find((customer) => customer.key === key),
  contractOwner: (key) => contracts[key]?.customerKey,
  contract: (key) => {
    const { customerKey: _, ...content } = contracts[key] ?? { customerKey: '' };
    return 'contractId' in content ? content : undefined;
  },
});
