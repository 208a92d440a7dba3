import { canonicalJson } from '../shared/canonical-json.js';
import { parseContent, type ContentFacts } from '../change/parse-content.js';
import type { ContractContent, RemapContent } from '../change/content.js';
import { invalid } from '../shared/domain-error.js';
import { identifierKey, parseIdentifier } from '../shared/identifier.js';
import { Timeline } from '../shared/timeline.js';
import { exceptionAfter } from './reference-exception.js';
import { plainAmount, readSheetNumber } from './sheet-number.js';
import { readSheetDate } from './sheet-date.js';
import {
  cellsOf,
  invalidRow,
  isBlankRecord,
  refuseRagged,
  refusedRow,
  type Cells,
  type SheetLayout,
  type SheetRecord,
} from './sheet-record.js';
import type { Claims, KnownCustomer, ReferenceFacts } from './reference-facts.js';
import type { RowOutcome, StagedRow } from './import.events.js';

/**
 * What approving the import does with one record of a reference sheet. Never throws for what the record says: what
 * is wrong with it is its outcome. Records are to be given in order; `claims` remembers those before.
 */
export const analyseReferenceRow = (
  record: SheetRecord,
  layout: SheetLayout,
  facts: ReferenceFacts,
  claims: Claims,
): StagedRow => {
  if (isBlankRecord(record)) return refusedRow(record, 'UNCHANGED', 'This record is empty.');
  const cells = cellsOf(record, layout);
  const contractId = cells('contractId');
  const ids = { ...given('customerId', cells('customerId')), ...given('contractId', contractId) };
  try {
    refuseRagged(record, layout);
    const row = analyse(record, cells, layout, facts, claims);
    claims.take(row);
    return row;
  } catch (error) {
    return invalidRow(record, error, 'contractTier', ids);
  }
};

const analyse = (
  record: SheetRecord,
  cells: Cells,
  layout: SheetLayout,
  facts: ReferenceFacts,
  claims: Claims,
): StagedRow => {
  const written = parseIdentifier(cells('customerId') ?? '', ['customerId']);
  const customerKey = identifierKey(written);
  const customer = facts.customer(customerKey);
  const customerId = customer?.customerId ?? written;
  const earlier = claims.customer(customerKey);
  // A record that says nothing of the customer themselves gives them one more contract; exports write it so.
  const goesOn = !cells('customerName') && !cells('mappedTier') && Boolean(cells('contractId'));
  if (earlier !== undefined && !goesOn)
    return refusedRow(record, 'DUPLICATE', `Record ${earlier} already has customer ${customerId}.`, {
      customerId,
      ...given('contractId', cells('contractId')),
      duplicateOf: earlier,
    });

  const writtenContract = cells('contractId')
    ? parseIdentifier(cells('contractId')!, ['contractId'])
    : undefined;
  const contractKey = writtenContract && identifierKey(writtenContract);
  if (contractKey !== undefined) {
    const ids = { customerId, contractId: writtenContract! };
    const claimed = claims.contract(contractKey);
    if (claimed !== undefined)
      return refusedRow(
        record,
        'DUPLICATE',
        `Contract ${writtenContract} already belongs to the customer of record ${claimed}.`,
        { ...ids, duplicateOf: claimed },
      );
    const owner = facts.contractOwner(contractKey);
    if (owner !== undefined && owner !== customerKey)
      return refusedRow(
        record,
        'DUPLICATE',
        `Contract ${writtenContract} already belongs to customer ${facts.customer(owner)?.customerId ?? owner}.`,
        ids,
      );
  }

  const mapping = mappingOf(cells, customerId, customer, facts);
  const contract =
    contractKey === undefined
      ? noContract(cells, mapping !== null)
      : contractOf(cells, customerId, writtenContract!, facts.contract(contractKey), layout, facts);
  const mappingBase = latestOf([...(customer?.mappings ?? []), ...(customer?.waivers ?? [])]);
  const contractBase = latestOf(customer?.contracts.find(({ key }) => key === contractKey)?.versions ?? []);
  // What several records of one customer come to together shows once they are applied.
  const exception =
    earlier === undefined
      ? exceptionAfter(customer, mapping?.content ?? null, contract?.content ?? null, facts)
      : null;
  return {
    record: record.record,
    outcome: outcomeOf(customer !== undefined || earlier !== undefined, mapping, contract),
    customerId,
    ...given('contractId', contract?.content.contractId),
    ...(exception === null ? {} : { exception }),
    ...(mapping && mapping.change !== 'NONE'
      ? { mapping: { ...mapping.content, baseVersion: mappingBase } }
      : {}),
    ...(contract?.differs ? { contract: { ...contract.content, baseVersion: contractBase } } : {}),
  };
};

interface MappingAsked {
  readonly content: RemapContent;
  readonly change: 'TIER' | 'NAME' | 'NONE';
}

interface ContractAsked {
  readonly content: ContractContent;
  readonly differs: boolean;
}

const mappingOf = (
  cells: Cells,
  customerId: string,
  customer: KnownCustomer | undefined,
  { tiers, now }: ReferenceFacts,
): MappingAsked | null => {
  const tier = cells('mappedTier');
  const name = cells('customerName')?.replace(/\s+/gu, ' ');
  if (!tier) {
    // Checked all the same: a bad name must not go by unseen.
    if (name) parseContent('REMAP', { customerId, customerName: name, toTier: '-' }, ANY_TIER);
    return null;
  }
  const current = customer && new Timeline(customer.mappings).at(now);
  const resolved = tiers.resolve(tier);
  const same = current && identifierKey(current.tier) === identifierKey(resolved);
  const raw = { customerId, customerName: name || customer?.name, toTier: same ? current.tier : resolved };
  const content = parseContent('REMAP', raw, ANY_TIER);
  if (!same) return { content, change: 'TIER' };
  return { content, change: content.customerName === (customer?.name ?? undefined) ? 'NONE' : 'NAME' };
};

const noContract = (cells: Cells, isMapped: boolean): null => {
  if (cells('contractTier'))
    throw invalid(
      ['contractId'],
      'A contracted tier is given without a contract ID. Add the ID, or clear the tier.',
    );
  if (!isMapped)
    throw invalid(['mappedTier'], 'There is neither a mapped tier nor a contract, so nothing to record.');
  return null;
};

const contractOf = (
  cells: Cells,
  customerId: string,
  contractId: string,
  known: ContractContent | undefined,
  layout: SheetLayout,
  { tiers }: ReferenceFacts,
): ContractAsked => {
  const tier = cells('contractTier');
  const resolved = tier ? tiers.resolve(tier) : known?.tier;
  if (resolved === undefined)
    throw invalid(['contractTier'], `Contract ${contractId} is new here, so it needs its tier.`);
  const sameTier = known && identifierKey(known.tier) === identifierKey(resolved);
  /** What the sheet has no column for stays as it is. */
  const field = <T>(name: keyof ContractContent & string, read: (cell: string) => T): unknown => {
    const cell = cells(name);
    if (cell === undefined) return known?.[name];
    return cell === '' ? undefined : read(cell);
  };
  const date = (name: 'startsOn' | 'endsOn') => (cell: string) =>
    readSheetDate(cell, layout.dateOrder, [name]);
  const asIs = (cell: string) => cell;
  const parsed = parseContent(
    'CONTRACT',
    {
      contractId: known?.contractId ?? contractId,
      customerId,
      tier: sameTier ? known.tier : resolved,
      startsOn: field('startsOn', date('startsOn')),
      endsOn: field('endsOn', date('endsOn')),
      timeZone: field('timeZone', asIs),
      primary: field('primary', yesOrNo('primary')),
      annualValue: field('annualValue', (cell) => readSheetNumber(cell, ['annualValue'])),
      currency: field('currency', asIs),
      creditsEnabled: field('creditsEnabled', yesOrNo('creditsEnabled')),
      csmEmail: field('csmEmail', asIs),
      seats: field('seats', (cell) => Number(readSheetNumber(cell, ['seats']))),
    },
    ANY_TIER,
  );
  const content = known?.overrides === undefined ? parsed : { ...parsed, overrides: known.overrides };
  return { content, differs: known === undefined || comparable(content) !== comparable(known) };
};

const comparable = ({ annualValue, customerId, ...rest }: ContractContent): string =>
  canonicalJson({
    ...rest,
    customerKey: identifierKey(customerId),
    annualValue: annualValue === undefined ? undefined : plainAmount(annualValue),
  });

const outcomeOf = (
  isKnown: boolean,
  mapping: MappingAsked | null,
  contract: ContractAsked | null,
): RowOutcome => {
  if (!isKnown) return 'CREATE';
  if (mapping?.change === 'TIER') return 'REMAP';
  return mapping?.change === 'NAME' || contract?.differs ? 'UPDATE' : 'UNCHANGED';
};

const latestOf = (versions: readonly { readonly number: number }[]): number =>
  versions.reduce((latest, { number }) => Math.max(latest, number), 0);

/** A sheet may name tiers that are not in force: that is an exception to show, not a mistake to refuse. */
const ANY_TIER: ContentFacts = {
  hasTier: () => true,
  hasCoverage: () => false,
  tierKeys: () => [],
  coverageKeys: () => [],
};

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'ja', 'j', 'wahr', 'oui', 'si', 'sí']);
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'falsch', 'non']);

const yesOrNo =
  (name: string) =>
  (cell: string): boolean => {
    const word = cell.toLowerCase();
    if (YES.has(word)) return true;
    if (NO.has(word)) return false;
    throw invalid([name], `${JSON.stringify(cell.slice(0, 40))} is neither yes nor no.`);
  };

const given = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value ? { [name]: value } : {}) as { readonly [P in K]?: string };
