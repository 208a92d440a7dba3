import type { Commit, ReadModel, ReadStore, Write } from '../../../src/application/ports/read-store.js';

export interface Thing {
  readonly org: string;
  readonly rank: number | null;
  readonly label?: string | null;
  readonly open: boolean;
  readonly nested?: { readonly list: readonly (string | number | null)[] };
}

/** Every kind of field an index may hold; names that an adapter may want for itself. */
export const things: ReadModel<Thing> = {
  name: 'contract-things',
  version: 3,
  indexes: {
    byOrg: ['org', 'rank', 'label'],
    byOpen: ['open', 'label'],
    byRank: ['rank'],
  },
};

export const thing = (fields: Partial<Thing> = {}): Thing => ({
  org: 'acme',
  rank: 1,
  label: 'a',
  open: true,
  ...fields,
});

export const put = (key: string, position: bigint, document: Thing | null = thing()): Write<Thing> => ({
  key,
  position,
  document,
});

/** Commits on whatever the checkpoint is, up to the highest position written. */
export const commit = async (
  store: ReadStore,
  writes: readonly Write<Thing>[],
  overrides: Partial<Commit<Thing>> = {},
): Promise<void> => {
  const before = await store.checkpoint(things);
  const highest = writes.reduce((high, { position }) => (position > high ? position : high), before ?? 0n);
  await store.commit(things, { writes, checkpoint: highest, expectedCheckpoint: before, ...overrides });
};

export const keysOf = (found: readonly { readonly key: string }[]): string[] => found.map(({ key }) => key);
