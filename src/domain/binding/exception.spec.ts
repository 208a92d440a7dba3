import { describe, expect, it } from '@jest/globals';
import { exceptionId, parseExceptionId } from './exception.js';

describe('the id of an exception', () => {
  it.each(['cust-1', 'a~b', '~', 'a/b c%2f', 'straße 7', '🙂', '株式会社'])(
    'says whose it is: %s',
    (customerKey) => {
      const identity = { kind: 'TIER_MISMATCH', since: '2026-07-01T00:00:00.000Z', customerKey } as const;
      expect(parseExceptionId(exceptionId(identity))).toEqual(identity);
    },
  );

  it.each(['', 'TIER_MISMATCH', 'TIER_MISMATCH~2026-07-01T00:00:00.000Z', 'OTHER~x~y', 'UNMAPPED~x~%'])(
    'is not just any text: %s',
    (id) => expect(() => parseExceptionId(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' })),
  );
});
