import type { ReadModel } from '../ports/read-store.js';

/** Whose contract it is. A contract never moves to another customer. */
export interface ContractDocument {
  readonly orgId: string;
  readonly key: string;
  readonly contractId: string;
  readonly customerKey: string;
  readonly reversedKey: string;
}

export const CONTRACTS: ReadModel<ContractDocument> = {
  name: 'contracts',
  version: 1,
  indexes: { byKey: ['orgId', 'key'], byReversedKey: ['orgId', 'reversedKey'] },
};
