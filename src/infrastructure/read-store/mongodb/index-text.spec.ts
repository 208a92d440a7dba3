import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare } from '../../../../test/contract/read-store/naive-store.js';
import type { IndexValue } from '../../../application/ports/read-store.js';
import { indexText } from './index-text.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const ordered = (values: fc.Arbitrary<IndexValue>) =>
  fc.array(fc.option(values), { minLength: 2, maxLength: 2 });
const texts = fc.string({
  unit: fc.constantFrom('\0', '\u0001', '\u0002', '\u0003', 'a', 'é', '\u{ffee}', '😀'),
});
const numbers = fc.double({ noNaN: true });

describe('an index text', () => {
  it('sorts as its values do', () => {
    const pairs = fc
      .tuple(ordered(texts), ordered(numbers), ordered(fc.boolean()))
      .map((columns) => [columns.map(([a]) => a ?? null), columns.map(([, b]) => b ?? null)] as const);
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const byValues = a.map((value, at) => compare(value, b[at]!)).find((order) => order !== 0) ?? 0;
        const byText = Buffer.compare(bytes(indexText(a)), bytes(indexText(b)));
        expect(Math.sign(byText)).toBe(Math.sign(byValues) + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes zero as one value', () => {
    expect(indexText([-0])).toBe(indexText([0]));
  });

  it('refuses what no index may hold', () => {
    expect(() => indexText([{} as never])).toThrow(TypeError);
  });
});
