import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { TadaDocumentNode } from 'gql.tada';
import { ask, nameOf } from './ask.js';
import { noteReached } from './freshness.js';
import { refresh } from './refresh.js';

interface Options {
  readonly enabled?: boolean;
  /** Milliseconds between questions, for what no subscription tells of. */
  readonly every?: number | false;
  /** What was shown stays until the new answer is there. */
  readonly keep?: boolean;
}

/** A question whose answer is kept, and asked again when something has been approved. */
export const useAsk = <Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  { enabled = true, every = false, keep = false }: Options = {},
): UseQueryResult<Result> =>
  useQuery({
    queryKey: [nameOf(document), variables],
    queryFn: ({ signal }) => ask(document, variables, signal),
    enabled,
    refetchInterval: every,
    ...(keep && { placeholderData: keepPreviousData }),
  });

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly existingId: string | null;
}

/** An expected refusal of a mutation, with the way out in words. */
export class Refused extends Error {
  readonly code: string;
  readonly existingId: string | null;

  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.name = 'Refused';
    this.code = errors[0]?.code ?? 'UNKNOWN';
    this.existingId = errors[0]?.existingId ?? null;
  }
}

interface Payload {
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}

/** Gives a command; afterwards everything on the page is asked again. @throws Refused, ApiError */
export const useTell = <Result extends Record<string, unknown>, Variables>(
  document: TadaDocumentNode<Result, Variables>,
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (variables: Variables): Promise<Result> => {
      const result = await ask(document, variables);
      const payload = Object.values(result)[0] as Payload;
      if (payload.userErrors.length > 0) throw new Refused(payload.userErrors);
      noteReached(payload.position);
      return result;
    },
    onSuccess: () => refresh(client),
  });
};
