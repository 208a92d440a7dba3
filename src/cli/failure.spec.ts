import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain/shared/domain-error.js';
import { failureOf } from './failure.js';

describe('a failure', () => {
  it('is one line, whatever was thrown', () => {
    expect(failureOf(new Error('one\n  two\r\nthree')).message).toBe('one two three');
    expect(failureOf('plain text')).toEqual({ code: 'FAILED', message: 'plain text' });
  });

  it('names what it collides with', () => {
    const error = new DomainError('DUPLICATE', 'It is open.', { existingId: 'c-1' });
    expect(failureOf(error)).toEqual({ code: 'DUPLICATE', message: 'It is open. (c-1)', existingId: 'c-1' });
  });

  it('tells a missing folder from a missing file', () => {
    const error = Object.assign(new Error('ENOENT'), { code: 'ENOENT', path: '/no/such/folder/a.csv' });
    expect(failureOf(error).message).toBe('There is no folder /no/such/folder.');
  });

  it.each([
    ['ENOENT', 'There is no file a.csv.'],
    ['EACCES', 'a.csv may not be opened. Check who owns it.'],
    ['EISDIR', 'a.csv is a folder. Name a file.'],
  ])('says in words what the system calls %s', (code, message) =>
    expect(failureOf(Object.assign(new Error(code), { code, path: 'a.csv' }))).toEqual({ code, message }),
  );
});
