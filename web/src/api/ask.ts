import { print } from '@0no-co/graphql.web';
import type { TadaDocumentNode } from 'gql.tada';
import { forgetReached } from './freshness.js';
import { sessionEnded } from './session.js';

/** An answer that is none. `code` is of the public contract. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export const UNREACHABLE = 'The server cannot be reached. Your work is kept; try again in a moment.';

/** What every request of the app carries: see the server's guard against foreign pages. */
export const OURS = { 'x-sla-csrf': '1' };

/** The name an operation was given in its document. */
export const nameOf = <Result, Variables>(document: TadaDocumentNode<Result, Variables>): string => {
  const [definition] = document.definitions;
  return (definition && 'name' in definition && definition.name?.value) || 'anonymous';
};

/** One operation. @throws ApiError, with code UNAUTHENTICATED once the session has ended */
export const ask = async <Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...OURS },
    body: JSON.stringify({ query: print(document as never), variables }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError('UNREACHABLE', UNREACHABLE);
  });
  const answer = await bodyOf<Result>(response);
  const error = answer.errors?.[0];
  const code = error?.extensions?.code ?? (response.status === 401 ? 'UNAUTHENTICATED' : 'UNKNOWN');
  if (code === 'UNAUTHENTICATED') sessionEnded();
  if (code === 'UNAVAILABLE') forgetReached();
  if (error) throw new ApiError(code, error.message);
  if (answer.data == null)
    throw new ApiError('UNKNOWN', `The server answered ${response.status} and nothing else.`);
  return answer.data;
};

const bodyOf = async <T>(response: Response): Promise<Answer<T>> => {
  if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as Answer<T>;
  throw new ApiError('UNKNOWN', `The server answered ${response.status}.`);
};
