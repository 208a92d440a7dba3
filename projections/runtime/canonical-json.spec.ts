import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('does not depend on the order of members', () => {
    const one = { b: [{ y: 1, x: null }], a: 'é' };
    const other = { a: 'é', b: [{ x: null, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":"é","b":[{"x":null,"y":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('keeps the order of lists, and tells nothing from null apart from null', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson(null)).toBe('null');
    expect(canonicalJson({ a: undefined })).toBe('{}');
  });
});
