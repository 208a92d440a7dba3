import type { ContractContent } from '../../domain/change/content.js';
import type { MatrixFacts } from '../../domain/import/matrix-sheet.js';
import { TierNames, type KnownTier, type ReferenceFacts } from '../../domain/import/reference-facts.js';
import { cellsOf, type SheetLayout, type SheetRecord } from '../../domain/import/sheet-record.js';
import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant } from '../../domain/shared/instant.js';
import { Timeline } from '../../domain/shared/timeline.js';
import type { ReadStore } from '../ports/read-store.js';
import { tierInForce, type MatrixReader } from '../queries/matrix-reader.js';
import { CONTRACTS } from '../read-models/contracts.read-model.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { HISTORY } from '../read-models/history.read-model.js';

/** What is known about an organization when one of its sheets is analysed. */
export interface OrganizationFacts {
  readonly orgId: string;
  readonly now: Instant;
  readonly timeZone: string;
}

/** Gathers what the analysis of records needs, a run of records at a time. Rejects with ReadStoreError. */
export class ImportFacts {
  constructor(
    private readonly reads: ReadStore,
    private readonly matrix: MatrixReader,
  ) {}

  async tierNames({ orgId, now }: OrganizationFacts): Promise<TierNames> {
    const { tiers } = await this.matrix.matrixOf(orgId);
    const known: KnownTier[] = [];
    for (const subject of tiers.values()) {
      const mark = tierInForce(subject, now);
      if (!mark) continue;
      const { content } = (await this.matrix.version(orgId, 'TIER', subject.document.key, mark)).version;
      known.push({ key: subject.document.id, name: 'name' in content ? content.name : subject.document.id });
    }
    return new TierNames(known);
  }

  /** The customers and contracts that the records name. */
  async ofRecords(
    records: readonly SheetRecord[],
    layout: SheetLayout,
    tiers: TierNames,
    { orgId, now, timeZone }: OrganizationFacts,
  ): Promise<ReferenceFacts> {
    const cells = records.map((record) => cellsOf(record, layout));
    const keys = (field: string) => [...new Set(cells.map((cell) => identifierKey(cell(field) ?? '')))];
    const named =
      <T>(documents: Map<string, T>) =>
      (key: string) =>
        documents.get(documentKey(orgId, key));
    const documentKeys = (field: string) =>
      keys(field)
        .filter(Boolean)
        .map((key) => documentKey(orgId, key));
    const [customers, owners] = await Promise.all([
      this.reads.getMany(CUSTOMERS, documentKeys('customerId')),
      this.reads.getMany(CONTRACTS, documentKeys('contractId')),
    ]);
    const customer = named(customers);
    const owner = named(owners);
    const contracts = await this.contracts(orgId, now, keys('contractId'), (key) =>
      customer(owner(key)?.customerKey ?? ''),
    );
    return {
      now,
      timeZone,
      tiers,
      customer,
      contractOwner: (key) => owner(key)?.customerKey,
      contract: (key) => contracts.get(key),
    };
  }

  /** Tiers and coverages as a matrix sheet is compared with them. */
  async ofMatrix({ orgId, now }: OrganizationFacts): Promise<MatrixFacts> {
    const { tiers, coverages } = await this.matrix.matrixOf(orgId);
    const known = new Map<string, ReturnType<MatrixFacts['tier']>>();
    for (const [key, subject] of tiers) {
      const mark = tierInForce(subject, now);
      const content = mark && (await this.matrix.version(orgId, 'TIER', key, mark)).version.content;
      const latest = Math.max(...subject.document.versions.map(({ number }) => number));
      known.set(key, { content: content && 'terms' in content ? content : null, latest });
    }
    const inForce = [...coverages.values()].filter(({ timeline }) => timeline.at(now));
    return {
      tier: (key) => known.get(key),
      hasTier: (key) => known.has(identifierKey(key)),
      tierKeys: () => [...tiers.values()].map(({ document }) => document.id),
      hasCoverage: (key) => inForce.some(({ document }) => document.key === identifierKey(key)),
      coverageKeys: () => inForce.map(({ document }) => document.id),
    };
  }

  private async contracts(
    orgId: string,
    now: Instant,
    keys: readonly string[],
    ownerOf: (contractKey: string) => CustomerDocument | undefined,
  ): Promise<ReadonlyMap<string, ContractContent>> {
    const wanted = new Map<string, string>();
    for (const key of keys) {
      const versions = ownerOf(key)?.contracts.find((contract) => contract.key === key)?.versions;
      const mark = versions && (new Timeline(versions).at(now) ?? versions.at(-1));
      if (mark) wanted.set(key, documentKey(orgId, 'CONTRACT', key, String(mark.number)));
    }
    const documents = await this.reads.getMany(HISTORY, [...wanted.values()]);
    const contracts = new Map<string, ContractContent>();
    for (const [key, id] of wanted) {
      const content = documents.get(id)?.version.content;
      if (content && 'contractId' in content) contracts.set(key, content);
    }
    return contracts;
  }
}
