import type { ContractMark, MappingMark, WaiverMark } from '../binding/marks.js';
import type { ContractContent } from '../change/content.js';
import { identifierKey } from '../shared/identifier.js';
import type { Instant } from '../shared/instant.js';
import type { StagedRow } from './import.events.js';

/** A customer as the log knows them. */
export interface KnownCustomer {
  readonly customerId: string;
  readonly name: string | null;
  readonly mappings: readonly MappingMark[];
  readonly waivers: readonly WaiverMark[];
  readonly contracts: readonly {
    readonly contractId: string;
    readonly key: string;
    readonly versions: readonly ContractMark[];
  }[];
}

/** What is known when a record is looked at; keys as `identifierKey` gives them. */
export interface ReferenceFacts {
  /** When the sheet is analysed: exceptions are those of this instant. */
  readonly now: Instant;
  /** The organization's zone, for contracts without one of their own. */
  readonly timeZone: string;
  readonly tiers: TierNames;
  customer(key: string): KnownCustomer | undefined;
  /** Key of the customer whose contract it is. */
  contractOwner(key: string): string | undefined;
  /** The contract's content in the version that binds now, else in its latest. */
  contract(key: string): ContractContent | undefined;
}

export interface KnownTier {
  readonly key: string;
  readonly name: string;
}

/** Tiers in force, found by key or by the name they are shown under. */
export class TierNames {
  private readonly byName = new Map<string, string | null>();
  private readonly byKey = new Map<string, string>();

  constructor(tiers: readonly KnownTier[]) {
    for (const { key, name } of tiers) {
      const shown = identifierKey(name);
      // A name that two tiers share names neither.
      this.byName.set(shown, this.byName.has(shown) ? null : key);
      this.byKey.set(identifierKey(key), key);
    }
  }

  /** The tier's key in the spelling it is known by; what is unknown stays as it was written. */
  resolve(written: string): string {
    const wanted = identifierKey(written);
    return this.byKey.get(wanted) ?? this.byName.get(wanted) ?? written;
  }

  has(key: string): boolean {
    return this.byKey.has(identifierKey(key));
  }
}

/**
 * Which records of one sheet spoke first for a customer or contract. What is refused claims nothing. Takes about
 * 200 bytes a record: the price of naming the record that said it first.
 */
export class Claims {
  private readonly customers = new Map<string, number>();
  private readonly contracts = new Map<string, number>();

  customer(key: string): number | undefined {
    return this.customers.get(key);
  }

  contract(key: string): number | undefined {
    return this.contracts.get(key);
  }

  /** Also used to take up an interrupted analysis from the rows that are staged already. */
  take({ record, outcome, customerId, contractId }: StagedRow): void {
    if (outcome === 'DUPLICATE' || outcome === 'INVALID') return;
    const customer = customerId === undefined ? undefined : identifierKey(customerId);
    if (customer !== undefined && !this.customers.has(customer)) this.customers.set(customer, record);
    if (contractId !== undefined) this.contracts.set(identifierKey(contractId), record);
  }
}
