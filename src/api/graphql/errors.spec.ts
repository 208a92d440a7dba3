import { describe, expect, it, jest } from '@jest/globals';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { IdentityUnavailableError, UnauthenticatedError } from '../../application/ports/authenticator.js';
import { EventStoreError } from '../../application/ports/event-store.js';
import { NotFreshError } from '../../application/ports/freshness.js';
import { ReadStoreError } from '../../application/ports/read-store.js';
import { SheetStoreError } from '../../application/ports/sheet-store.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import { formatErrorWith, statusOf, toGraphQLError, toUserError } from './errors.js';

const duplicate = new DomainError('DUPLICATE', 'C-1 exists already.', {
  path: ['customerId'],
  existingId: 'C-1',
});
const forbidden = new DomainError('FORBIDDEN', 'You may not propose changes.');
const report = jest.fn();
const formatError = formatErrorWith({ report, correlationId: () => 'corr-1' });

/** As Apollo hands it over: wrapped by the executor, and formatted with what the wrapping carries. */
const formatted = (error: Error): GraphQLFormattedError => {
  const wrapped =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(error.message, { originalError: error, path: ['lookup'] });
  const extensions = { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at secret.ts'], ...wrapped.extensions };
  return formatError({ ...wrapped.toJSON(), extensions }, wrapped);
};

describe('a refusal as user error', () => {
  it('keeps code, message, path and what it collides with', () => {
    expect(toUserError(duplicate)).toEqual({
      code: 'DUPLICATE',
      message: 'C-1 exists already.',
      path: ['customerId'],
      existingId: 'C-1',
    });
    expect(toUserError(forbidden)).toMatchObject({ path: [], existingId: null });
  });

  it('is made of expected refusals only', () => {
    expect(toUserError(new Error('boom'))).toBeNull();
    expect(toUserError(new EventStoreError('UNAVAILABLE', 'down'))).toBeNull();
    expect(toUserError('text')).toBeNull();
  });
});

describe('a refusal as GraphQL error', () => {
  it('keeps its words and its code', () => {
    expect(formatted(duplicate)).toEqual({
      message: 'C-1 exists already.',
      path: ['lookup'],
      locations: undefined,
      extensions: { code: 'DUPLICATE', inputPath: ['customerId'], existingId: 'C-1' },
    });
  });

  it.each<[Error, string, number | undefined]>([
    [forbidden, 'FORBIDDEN', 403],
    [new UnauthenticatedError('expired'), 'UNAUTHENTICATED', 401],
    [new IdentityUnavailableError(), 'UNAVAILABLE', 503],
    [new SheetStoreError('The disk is full.'), 'UNAVAILABLE', 503],
    [new NotFreshError('Read model customers has not reached position 7.'), 'UNAVAILABLE', 503],
    [duplicate, 'DUPLICATE', undefined],
  ])('has code and HTTP status: %s', (error, code, status) => {
    expect(formatted(error).extensions).toMatchObject({ code });
    expect(statusOf(new GraphQLError('wrapped', { originalError: error }))).toBe(status);
    expect(toGraphQLError(error).extensions['http']).toEqual(status && { status });
    expect(formatted(toGraphQLError(error))).toMatchObject({ message: error.message, extensions: { code } });
  });

  it.each<[Error, string]>([
    [new EventStoreError('UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.1'), 'event store'],
    [new ReadStoreError('UNAVAILABLE', 'connect ECONNREFUSED 10.0.0.1'), 'read store'],
  ])('names the store that is away, and nothing else about it', (error, name) => {
    const { message, extensions } = formatted(error);
    expect(message).toBe(`The ${name} cannot be reached. Try again in a moment.`);
    expect(extensions).toEqual({ code: 'UNAVAILABLE', retryable: true });
  });

  it("keeps GraphQL's own, less stack traces", () => {
    const error = new GraphQLError('Cannot query field "x".', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(formatted(error)).toMatchObject({
      message: error.message,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(formatted(error).extensions).not.toHaveProperty('stacktrace');
    expect(report).not.toHaveBeenCalled();
  });

  it.each<[string, Error]>([
    ['a bug', new TypeError('cannot read secret of undefined')],
    ['a log that was written to meanwhile', new EventStoreError('CONFLICT', 'secret stream')],
    ['a wrong answer of our own', new GraphQLError('DateTime cannot represent "secret".')],
  ])('is reported, and to callers only an id: %s', (_what, error) => {
    report.mockClear();
    const answer = formatted(error);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(answer).toMatchObject({
      message: expect.stringMatching(/^Something went wrong on our side\..*corr-1\.$/),
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'corr-1' },
    });
    expect(report).toHaveBeenCalledWith(error, 'corr-1');
  });
});
