import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { ask, nameOf } from './ask.js';
import { atLeast } from './freshness.js';
import { isLongList } from './refresh.js';

/** What is read at a time: as much as the server gives. */
const PAGE = 200;
/** Looked at by itself, every so often, is only what is read no further than this. */
const WATCHED_PAGES = 2;

interface Connection<Node> {
  /** Of the first page alone: to count costs more than to read on. */
  readonly totalCount?: number | undefined;
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What every list passes to its question besides its own filter. */
export interface PageVariables {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly atLeast?: string | null;
  readonly counted: boolean;
}

export interface Pages<Node> {
  readonly query: UseInfiniteQueryResult<InfiniteData<unknown>>;
  /** Everything read so far, in order. */
  readonly nodes: readonly Node[];
  /** Length of the whole list; null: not counted yet. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly isReading: boolean;
  /** Reads the next page, unless that is on its way. */
  readonly readOn: () => void;
  /** Something has changed since, and the list is too long to be read again unasked. */
  readonly isOld: boolean;
  readonly readAgain: () => void;
}

interface Options {
  readonly enabled?: boolean;
  /** Milliseconds between looks, for what no subscription tells of. */
  readonly every?: number;
  /** Counted beside the first page, where to count takes longer than to read. */
  readonly countApart?: boolean;
}

/** A list read page by page, by cursor, as far as anybody looks. */
export const usePages = <Result, Variables extends PageVariables, Node>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Omit<Variables, keyof PageVariables>,
  connectionOf: (result: Result) => Connection<Node> | undefined,
  { enabled = true, every, countApart = false }: Options = {},
): Pages<Node> => {
  const client = useQueryClient();
  const queryKey = [nameOf(document), variables];
  const askFor = (page: Omit<PageVariables, 'atLeast'>, signal: AbortSignal): Promise<Result> =>
    ask(document, { ...variables, ...page, atLeast: atLeast() } as unknown as Variables, signal);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const counted = pageParam === null && !countApart;
      return askFor({ first: PAGE, after: pageParam, counted }, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => {
      const pageInfo = connectionOf(last)?.pageInfo;
      return pageInfo?.hasNextPage ? pageInfo.endCursor : null;
    },
    enabled,
    placeholderData: keepPreviousData,
    // Back on the page the list is as it was left; what is new in a short one is asked for behind it.
    refetchOnMount: (old) => (isLongList(old) ? false : 'always'),
    refetchOnWindowFocus: (old) => !isLongList(old),
    refetchOnReconnect: (old) => !isLongList(old),
    refetchInterval: ({ state }) =>
      every !== undefined && (state.data?.pages.length ?? 0) <= WATCHED_PAGES && every,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const count = useQuery({
    queryKey: [...queryKey, 'count'],
    queryFn: ({ signal }) => askFor({ first: 1, counted: true }, signal),
    enabled: enabled && countApart,
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, isPlaceholderData, isStale, fetchNextPage } =
    query;
  const nodes = useMemo(
    () => (data?.pages ?? []).flatMap((page) => connectionOf(page)?.nodes ?? []),
    // How a connection is found in its answer does not change with renders.
    [data],
  );
  // A wish is never lost: while the list is being read again, and when that reading cuts in, the next page comes after it.
  const read = data?.pages.length ?? 0;
  const wantedAfter = useRef<number | null>(null);
  const readOn = useCallback(() => {
    wantedAfter.current = read;
    if (!isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [fetchNextPage, isFetching, read]);
  useEffect(() => {
    if (isFetching) return;
    const isLeft = wantedAfter.current === read && hasNextPage && !isFetchNextPageError;
    wantedAfter.current = null;
    if (isLeft) readOn();
  }, [hasNextPage, isFetching, isFetchNextPageError, read, readOn]);
  const counted = countApart ? count.data : data?.pages[0];
  return {
    query,
    nodes,
    total: (counted && connectionOf(counted)?.totalCount) ?? null,
    hasMore: hasNextPage && !isPlaceholderData,
    isReading: isFetching,
    readOn,
    isOld: isStale && !isFetching && nodes.length > 0,
    readAgain: () => void client.resetQueries({ queryKey, exact: true }),
  };
};
