import { InvalidArgumentError } from 'commander';

export type ColumnMap = Readonly<Record<string, string | null>>;

/** `Kunde Nr.=customerId`, `Notes=` (ignore the column) or a JSON object of such entries; may be given several times. */
export const columnMap = (text: string, before: ColumnMap = {}): ColumnMap => ({
  ...before,
  ...entries(text),
});

const entries = (text: string): ColumnMap => {
  if (text.trimStart().startsWith('{')) return fromJson(text);
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as heading=field, or as JSON: {"heading": "field"}.');
  return { [text.slice(0, at).trim()]: text.slice(at + 1).trim() || null };
};

const fromJson = (text: string): ColumnMap => {
  try {
    // What its values are is checked where the sheet is read.
    return JSON.parse(text) as ColumnMap;
  } catch {
    throw new InvalidArgumentError('This is not JSON. Write it as {"heading": "field"}.');
  }
};
