import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import type { UserError } from '../../application/queries/views.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { unavailabilityOf } from '../unavailability.js';

/** How an error that callers can act on shows in GraphQL; `status` is of the HTTP answer, absent: as usual. */
interface Refusal {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
  readonly status?: number;
}

/** A mutation's answer to an expected refusal; null: the error is none, and must be thrown on. */
export const toUserError = (error: unknown): UserError | null =>
  error instanceof DomainError
    ? {
        code: error.code,
        message: error.message,
        path: error.path,
        existingId: error.existingId ?? null,
      }
    : null;

/** For errors thrown outside resolvers (context, scalars), where nothing else would carry code and status. */
export const toGraphQLError = (error: Error): GraphQLError => {
  const refusal = refusalOf(error);
  return new GraphQLError(refusal?.message ?? error.message, {
    originalError: error,
    ...(refusal && {
      extensions: { ...refusal.extensions, ...(refusal.status && { http: { status: refusal.status } }) },
    }),
  });
};

/** HTTP status that an answer with this error takes; undefined: the error does not ask for one. */
export const statusOf = (error: unknown): number | undefined => refusalOf(originOf(error))?.status;

/** True of what callers cannot act on: neither a refusal nor a fault in the document. */
export const isUnexpected = (error: unknown): boolean => {
  const origin = originOf(error);
  return !(origin instanceof GraphQLError) && refusalOf(origin) === null;
};

export interface Unexpected {
  /** Told with every unexpected error, which the caller does not get to see. */
  readonly report: (error: unknown, correlationId: string) => void;
  /** Of the request that the error belongs to. */
  readonly correlationId: (error: unknown) => string;
}

/**
 * Apollo's `formatError`: refusals keep their words and their code; of anything else callers learn nothing but the id
 * under which it was reported.
 */
export const formatErrorWith =
  ({ report, correlationId }: Unexpected) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path } = formatted;
    const origin = originOf(error);
    const refusal = refusalOf(origin);
    if (refusal) return { message: refusal.message, locations, path, extensions: refusal.extensions };
    const code = formatted.extensions?.['code'];
    if (origin instanceof GraphQLError && code !== 'INTERNAL_SERVER_ERROR')
      return { message, locations, path, extensions: { code } };
    const id = correlationId(error);
    report(origin, id);
    return {
      message: `Something went wrong on our side. Try again; if it persists, report the correlation id ${id}.`,
      locations,
      path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: id },
    };
  };

const requests = new WeakMap<object, string>();

/** Apollo formats errors without saying which request they are of, so that is noted before. */
export const ofRequest = <E extends object>(error: E, correlationId: string): E => {
  requests.set(error, correlationId);
  return error;
};

/** The id that {@link ofRequest} has noted; a new one for an error from before there was a request. */
export const correlationOf = (error: unknown): string => requests.get(error as object) ?? randomUUID();

const refusalOf = (error: unknown): Refusal | null => {
  if (error instanceof DomainError) return refusalOfDomain(error);
  if (error instanceof UnauthenticatedError)
    return { message: error.message, extensions: { code: 'UNAUTHENTICATED' }, status: 401 };
  const message = unavailabilityOf(error);
  return message === null
    ? null
    : { message, extensions: { code: 'UNAVAILABLE', retryable: true }, status: 503 };
};

const refusalOfDomain = ({ code, message, path, existingId }: DomainError): Refusal => ({
  message,
  // `path` of a GraphQL error names the place in the answer, so the input's goes by another name.
  extensions: { code, ...(path.length > 0 && { inputPath: path }), ...(existingId && { existingId }) },
  ...(code === 'FORBIDDEN' && { status: 403 }),
});

/** The error that was thrown, out of however many GraphQL errors are wrapped around it. */
const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
