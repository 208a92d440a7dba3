import { detectColumns } from '@domain/import/headings.js';

export interface SheetSample {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Bytes of the file that are looked at; the server reads all of it. */
const HEAD_BYTES = 64 * 1024;
const SAMPLES = 5;
const DELIMITERS = [',', ';', '\t', '|'];

/** The first rows of a sheet, for choosing columns by what stands in them. */
export const sampleOf = async (file: Blob): Promise<SheetSample> => {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const text = decode(bytes, file.size > HEAD_BYTES);
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = DELIMITERS.reduce(
    (best, each) => (line.split(each).length > line.split(best).length ? each : best),
    ',',
  );
  const [headings = [], ...rows] = records(text, delimiter, SAMPLES + 1);
  return { headings: headings.map((heading) => heading.trim()), rows };
};

/** @param isCut there is more of the file, so the last character may be half of one: no sign of another encoding */
const decode = (bytes: Uint8Array, isCut: boolean): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** RFC 4180 records of a text, at most so many. */
const records = (text: string, delimiter: string, most: number): string[][] => {
  const found: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  const endRecord = (): void => {
    record.push(field);
    field = '';
    if (record.some((each) => each.trim() !== '')) found.push(record);
    record = [];
  };
  for (let place = 0; place < text.length && found.length < most; place++) {
    const char = text[place]!;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[place + 1] === '"') field += text[++place]!;
      else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === delimiter) {
      record.push(field);
      field = '';
    } else if (char === '\n') endRecord();
    else if (char !== '\r') field += char;
  }
  if (found.length < most && (field !== '' || record.length > 0)) endRecord();
  return found;
};

export type Guess =
  | { readonly columns: Readonly<Record<string, string>>; readonly problem: null }
  | { readonly columns: null; readonly problem: string };

/** What the server would take each column for, by its own rule. */
export const guessOf = (headings: readonly string[], chosen: Readonly<Record<string, string>>): Guess => {
  try {
    return { columns: detectColumns(headings, chosen).columns, problem: null };
  } catch (error) {
    return { columns: null, problem: error instanceof Error ? error.message : String(error) };
  }
};

/** A field that a column stands for, for people. */
export const fieldInWords = (field: string): string =>
  field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
