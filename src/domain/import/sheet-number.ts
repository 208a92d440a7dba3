import { invalid } from '../shared/domain-error.js';

const GROUPED = (mark: string) => new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`);
const COMMA_GROUPS = GROUPED(',');
const POINT_GROUPS = GROUPED('.');
const AROUND = /^(?:[\p{Sc}]|[A-Za-z]{3}(?=[\s\d]))?\s*([\d.,\s'’]+?)\s*(?:[\p{Sc}]|[A-Za-z]{3}|%)?$/u;

/**
 * Reads an amount as sheets write it (`6.000,00`, `6,000.00`, `6 000`, `€ 30000`) as decimal text with a point
 * and without marks (`6000.00`). One mark before exactly three digits groups thousands.
 *
 * @throws DomainError INVALID_INPUT at `path`
 */
export const readSheetNumber = (text: string, path: readonly string[]): string => {
  const [, digits] = AROUND.exec(text.trim()) ?? [];
  const decimal = digits === undefined ? null : decimalOf(digits.replace(/[\s'’]/g, ''));
  if (decimal === null)
    throw invalid(
      path,
      `${JSON.stringify(text.trim().slice(0, 40))} is not a number. Write it as 30000 or 1234.50.`,
    );
  return decimal.replace(/^0+(?=\d)/, '');
};

/**
 * Reads a share such as `99.95`, `99,95` or `5 %`, in percent. No share has thousands, so a mark is a decimal point.
 *
 * @throws DomainError INVALID_INPUT at `path`
 */
export const readSheetPercent = (text: string, path: readonly string[]): number => {
  const [, whole, fraction = '0'] = /^(\d{1,9})(?:[.,](\d{1,15}))?\s*%?$/.exec(text.trim()) ?? [];
  if (whole === undefined)
    throw invalid(
      path,
      `${JSON.stringify(text.trim().slice(0, 40))} is not a percentage. Write it as 99.95.`,
    );
  return Number(`${whole}.${fraction}`);
};

const decimalOf = (digits: string): string | null => {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma >= 0 && point >= 0) {
    const [mark, other] = comma > point ? [',', '.'] : ['.', ','];
    const [whole, fraction, ...more] = digits.split(mark);
    const groups = other === ',' ? COMMA_GROUPS : POINT_GROUPS;
    if (more.length > 0 || !whole || !groups.test(whole) || !/^\d+$/.test(fraction ?? '')) return null;
    return `${whole.replaceAll(other, '')}.${fraction}`;
  }
  if (COMMA_GROUPS.test(digits) && !digits.startsWith('0')) return digits.replaceAll(',', '');
  if (POINT_GROUPS.test(digits) && !digits.startsWith('0')) return digits.replaceAll('.', '');
  const plain = digits.replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? plain : null;
};

/** Without zeros that say nothing: two amounts are equal when these are. */
export const plainAmount = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;

/** An amount as an export writes it: reads back as the same amount, however many decimals it has. */
export const writtenAmount = (decimal: string): string =>
  // "1.500" would read back as a thousand and a half.
  /^[1-9]\d{0,2}\.\d{3}$/.test(decimal) ? `${decimal}0` : decimal;
