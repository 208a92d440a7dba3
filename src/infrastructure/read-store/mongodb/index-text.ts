import type { IndexValue } from '../../../application/ports/read-store.js';

/** Ends a value, and sorts below everything a value can hold. */
const END = '\u0001';
const ESCAPE = '\u0002';

/** Sorts after everything that can follow in an index text or a key. */
export const LAST = '\u{10ffff}';

/** Begins every value but null. */
export const NOT_NULL = '1';

/**
 * Index values as one text that sorts, byte by byte, as the values do: null, then numbers and booleans (0 and 1), then
 * texts by code point. One text makes every find a single range of a single field, whatever its order and direction.
 *
 * @throws TypeError on anything that is no {@link IndexValue}
 */
export const indexText = (values: readonly IndexValue[]): string =>
  values.map((value) => valueText(value) + END).join('');

const valueText = (value: IndexValue): string => {
  if (value === null) return '0';
  if (typeof value === 'number') return `1${sortableNumber(value)}`;
  if (typeof value === 'boolean') return `1${sortableNumber(value ? 1 : 0)}`;
  if (typeof value === 'string') return `2${escaped(value)}`;
  throw new TypeError(
    `An indexed field holds ${typeof value}; only text, numbers, booleans and null can be.`,
  );
};

const escaped = (text: string): string =>
  text.includes('\0') || text.includes(END) || text.includes(ESCAPE)
    ? [...text]
        .map((char) => (char <= ESCAPE ? ESCAPE + String.fromCharCode(0x10 + char.charCodeAt(0)) : char))
        .join('')
    : text;

const SIGN = 1n << 63n;
const view = new DataView(new ArrayBuffer(8));

// The bits of a positive IEEE double sort as it does; those of a negative one the other way round.
const sortableNumber = (value: number): string => {
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  return (bits & SIGN ? BigInt.asUintN(64, ~bits) : bits | SIGN).toString(16).padStart(16, '0');
};
