/** What makes a spreadsheet run a cell; any apostrophes before it are told apart from the guard by counting. */
const LIVE = /^'*[=+\-@\t\r\n]/;
const GUARDED = /^'+[=+\-@\t\r\n]/;

/** The cell as an export writes it: a leading apostrophe keeps a spreadsheet from running it. */
export const guardFormula = (text: string): string => (LIVE.test(text) ? `'${text}` : text);

/** Takes away what `guardFormula` added, and nothing else. */
export const unguardFormula = (cell: string): string =>
  cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell;
