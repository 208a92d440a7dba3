import type { ContractMark, MappingMark, WaiverMark } from '../../domain/binding/marks.js';
import type { ReadModel } from '../ports/read-store.js';

export interface CustomerContract {
  readonly contractId: string;
  readonly key: string;
  readonly versions: readonly ContractMark[];
}

/** One customer with everything that decides what binds them; the contents of versions lie in `history`. */
export interface CustomerDocument {
  readonly orgId: string;
  readonly key: string;
  /** As first written. */
  readonly customerId: string;
  readonly name: string | null;
  /** For searching by the beginning of the name. */
  readonly nameKey: string;
  /** The key written backwards, so that a mistyped beginning still finds its neighbours. */
  readonly reversedKey: string;
  /** In the order they were recorded. */
  readonly mappings: readonly MappingMark[];
  readonly waivers: readonly WaiverMark[];
  readonly contracts: readonly CustomerContract[];
}

export const CUSTOMERS: ReadModel<CustomerDocument> = {
  name: 'customers',
  version: 2,
  indexes: {
    byKey: ['orgId', 'key'],
    byName: ['orgId', 'nameKey'],
    byReversedKey: ['orgId', 'reversedKey'],
  },
};
