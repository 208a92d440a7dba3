import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { UnauthenticatedError } from '../../application/ports/authenticator.js';
import { DomainError, type ErrorCode } from '../../domain/shared/domain-error.js';
import { unavailabilityOf } from '../unavailability.js';

/** RFC 9457, with the code of the public contract and the input field at fault. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly path?: readonly string[];
  readonly existingId?: string;
  readonly retryable?: boolean;
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  REASON_REQUIRED: 400,
  BACKDATING_NOT_ALLOWED: 400,
  FORBIDDEN: 403,
  SELF_APPROVAL: 403,
  NOT_FOUND: 404,
  DUPLICATE: 409,
  STALE: 409,
  NOT_OPEN: 409,
  ALREADY_APPROVED_BY_YOU: 409,
  IDEMPOTENCY_MISMATCH: 409,
  CONFLICT: 409,
};

export const problem = (
  status: number,
  code: string,
  detail: string,
  more: Partial<Problem> = {},
): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
  code,
  ...more,
});

/** The problem that an error is to a caller; null: none of theirs. */
export const problemOf = (error: unknown): Problem | null => {
  if (error instanceof DomainError)
    return problem(STATUS[error.code], error.code, error.message, {
      ...(error.path.length > 0 && { path: error.path }),
      ...(error.existingId !== undefined && { existingId: error.existingId }),
    });
  if (error instanceof UnauthenticatedError) return problem(401, 'UNAUTHENTICATED', error.message);
  const unavailable = unavailabilityOf(error);
  if (unavailable !== null) return problem(503, 'UNAVAILABLE', unavailable, { retryable: true });
  return ofProtocol(error);
};

export const sendProblem = (reply: FastifyReply, sent: Problem): FastifyReply => {
  if (sent.status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply.code(sent.status).type('application/problem+json').send(JSON.stringify(sent));
};

const NOT_JSON = 'Send the body as JSON, with Content-Type: application/json.';

/** What the HTTP server itself refuses: a body too large, a type it does not know, bytes that are no JSON. */
const ofProtocol = (error: unknown): Problem | null => {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  const { statusCode, message } = error as Error & { readonly statusCode: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
    ? problem(statusCode, 'INVALID_INPUT', statusCode === 415 ? NOT_JSON : message)
    : null;
};
