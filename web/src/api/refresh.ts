import type { Query, QueryClient } from '@tanstack/react-query';

/** A list read this far stays as it is: to ask for all of it again would cost more than it tells. */
const LONG_LIST_PAGES = 5;

export const isLongList = ({ state }: Pick<Query, 'state'>): boolean => {
  const { pages } = (state.data ?? {}) as { readonly pages?: readonly unknown[] };
  return pages !== undefined && pages.length > LONG_LIST_PAGES;
};

/** Everything on the page is asked again; a long list is only marked as old, and says so itself. */
export const refresh = async (client: QueryClient): Promise<void> => {
  await Promise.all([
    client.invalidateQueries({ predicate: isLongList, refetchType: 'none' }),
    client.invalidateQueries({ predicate: (query) => !isLongList(query) }),
  ]);
};
