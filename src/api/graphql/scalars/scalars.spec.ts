import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GraphQLError, type GraphQLScalarType } from 'graphql';
import { positionText } from '../../../application/read-models/document-key.js';
import { instantOf } from '../../../domain/shared/instant.js';
import { DateScalar } from './date.scalar.js';
import { DateTimeScalar } from './date-time.scalar.js';
import { JsonScalar } from './json.scalar.js';
import { PositionScalar } from './position.scalar.js';
import { SlaDurationScalar } from './sla-duration.scalar.js';

const refusal = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['code'] : error;
  }
};

describe.each<[GraphQLScalarType, string, unknown[]]>([
  [DateTimeScalar, '2026-03-01T09:00:00.000Z', ['2026-03-01T09:00:00Z', '2026-03-01', '']],
  [DateScalar, '2026-03-01', ['1.3.2026', '2026-03-01T09:00:00.000Z']],
  [SlaDurationScalar, '1 business day', ['', '  ']],
  [PositionScalar, '00000000000000000042', ['42', '-1', '0000000000000000004x']],
])('%s', (scalar, good, wrongAnswers) => {
  it('answers what is in its form, and nothing else', () => {
    expect(scalar.serialize(good)).toBe(good);
    for (const wrong of [...wrongAnswers, 42, 42n, true, {}, undefined, new Map()])
      expect(() => scalar.serialize(wrong)).toThrow(`${scalar.name} cannot represent`);
  });

  it('refuses what is no text, with the code for it and an example', () => {
    for (const wrong of [42, true, {}, []]) {
      expect(refusal(() => scalar.parseValue(wrong))).toBe('INVALID_INPUT');
      expect(() => scalar.parseValue(wrong)).toThrow(`A ${scalar.name} is written as text, such as "`);
    }
  });
});

describe('texts that are checked where they are used', () => {
  it.each([DateTimeScalar, DateScalar, SlaDurationScalar])('pass through %s as they are', (scalar) => {
    fc.assert(fc.property(fc.string(), (text) => expect(scalar.parseValue(text)).toBe(text)));
  });
});

describe('DateTime', () => {
  it('answers every instant', () => {
    const instants = fc.integer({ min: -62135596800000, max: 253402300799999 }).map(instantOf);
    fc.assert(fc.property(instants, (instant) => expect(DateTimeScalar.serialize(instant)).toBe(instant)));
  });
});

describe('Position', () => {
  it('comes in with any number of leading zeros and goes on with all of them', () => {
    const positions = fc.bigInt(0n, 2n ** 63n - 1n);
    fc.assert(
      fc.property(positions, (position) => {
        expect(PositionScalar.parseValue(String(position))).toBe(positionText(position));
        expect(PositionScalar.parseValue(positionText(position))).toBe(positionText(position));
      }),
    );
  });

  it.each(['', 'abc', '-1', '1.5', '1e3', ' 42', '0x10', '9223372036854775808', '9'.repeat(400)])(
    'refuses %j',
    (text) => {
      expect(refusal(() => PositionScalar.parseValue(text))).toBe('INVALID_INPUT');
    },
  );
});

describe('JSON', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

  it('passes any JSON of sensible depth', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) =>
        expect(JsonScalar.parseValue(value)).toBe(value),
      ),
    );
    expect(JsonScalar.parseValue(nested(64))).toEqual(nested(64));
  });

  it('refuses what is nested deeper, without descending into it', () => {
    expect(refusal(() => JsonScalar.parseValue(nested(65)))).toBe('INVALID_INPUT');
    expect(() => JsonScalar.parseValue(nested(5_000))).toThrow('more than 64 levels deep');
  });

  it.each([1n, Number.NaN, Infinity, () => 1, Symbol('x')])(
    'refuses %p, which JSON does not have',
    (value) => {
      expect(() => JsonScalar.serialize({ a: [value] })).toThrow('JSON cannot hold');
      expect(refusal(() => JsonScalar.parseValue({ a: [value] }))).toBe('INVALID_INPUT');
    },
  );
});
