import { describe, expect, it } from '@jest/globals';
import { optional, parseAt, parseInstantArgument, parsePosition } from './arguments.js';

const path = ['input', 'at'];
const refusal = (message: string) =>
  expect.objectContaining({ code: 'INVALID_INPUT', path, message: expect.stringContaining(message) });
const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('an instant to ask as of', () => {
  it('is normalised to UTC', () => {
    expect(parseAt('2026-03-01T10:00:00+01:00', path)).toBe('2026-03-01T09:00:00.000Z');
    expect(parseAt(' 2026-03-01T09:00:00Z ', path)).toBe('2026-03-01T09:00:00.000Z');
  });

  it('may be a date, which stays one', () => {
    expect(parseAt('2026-03-01', path)).toBe('2026-03-01');
  });

  it.each(['2026-02-30', '2026-13-01', 'yesterday', '', '2026-03-01T25:00:00Z'])('is never %j', (text) => {
    expect(thrown(() => parseAt(text, path))).toEqual(refusal(''));
  });
});

describe('an instant at which something takes effect', () => {
  it('is normalised to UTC', () => {
    expect(parseInstantArgument('2026-03-01T10:00:00+01:00', path)).toBe('2026-03-01T09:00:00.000Z');
  });

  it('is not a date alone, and says what to write instead', () => {
    expect(thrown(() => parseInstantArgument('2026-03-01', path))).toEqual(
      refusal('Write it as 2026-03-01T00:00:00Z.'),
    );
  });
});

describe('a position', () => {
  it('is a number', () => expect(parsePosition('00000000000000000042', path)).toBe(42n));
  it('lies within the log', () => {
    expect(thrown(() => parsePosition('99999999999999999999', path))).toEqual(refusal('not a position'));
  });
});

describe('an argument that may be left out', () => {
  const parse = optional(parsePosition);
  it('is not given when it is null or absent', () => {
    expect([parse(null, path), parse(undefined, path)]).toEqual([undefined, undefined]);
  });
  it('is parsed when it is given, empty or not', () => {
    expect(parse('7', path)).toBe(7n);
    expect(thrown(() => parse('', path))).toEqual(refusal('not a position'));
  });
});
