import { describe, expect, it } from '@jest/globals';
import { toReadStoreError } from './mongodb-errors.js';

describe('what the driver throws', () => {
  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])('is UNAVAILABLE when a socket says %s', (code) => {
    const error = Object.assign(new Error('This socket has been ended by the other party'), { code });
    expect(toReadStoreError(error)).toMatchObject({
      name: 'ReadStoreError',
      kind: 'UNAVAILABLE',
      passes: true,
    });
  });

  it.each([new TypeError('a mistake of ours'), Object.assign(new Error('odd'), { code: 42 }), 'text'])(
    'is left alone when it is not about the store: %p',
    (error) => {
      expect(toReadStoreError(error)).toBe(error);
    },
  );
});
