const CANDIDATES = [',', ';', '\t', '|'] as const;
const MAX_LINES = 30;
/** A line in front of the headings by which spreadsheet programs tell one another the delimiter. */
const SAID = /^"?sep=([^"\r\n])"?[\r\n]/i;

/**
 * The delimiter of a sheet, from its first lines: the one that divides most of them into as many cells as there are
 * headings; of two such, the one that gives more cells. A sheet that says it is believed.
 *
 * @param start begins with the headings; its last line may be cut off
 */
export const detectDelimiter = (start: string): string => {
  const said = SAID.exec(start)?.[1];
  if (said !== undefined) return said;
  let best: { delimiter: string; alike: number; cells: number } = { delimiter: ',', alike: 0, cells: 1 };
  for (const delimiter of CANDIDATES) {
    const [headings = 1, ...lines] = cellCounts(start, delimiter);
    if (headings < 2) continue;
    const alike = lines.filter((cells) => cells === headings).length / Math.max(1, lines.length);
    if (alike > best.alike || (alike === best.alike && headings > best.cells))
      best = { delimiter, alike, cells: headings };
  }
  return best.delimiter;
};

/** Whether a record is that line. */
export const saysDelimiter = (cells: readonly string[], delimiter: string): boolean =>
  cells.join(delimiter).toLowerCase() === `sep=${delimiter}`;

/** Cells of each of the first records; delimiters and line breaks inside quotes are text. */
const cellCounts = (text: string, delimiter: string): readonly number[] => {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let atStart = true;
  let recordStart = 0;
  for (let i = 0; i < text.length && counts.length < MAX_LINES; i++) {
    const letter = text[i]!;
    if (letter === '"' && (quoted || atStart)) quoted = !quoted;
    else if (!quoted && letter === delimiter) cells++;
    else if (!quoted && (letter === '\n' || letter === '\r')) {
      if (i > recordStart) counts.push(cells);
      cells = 1;
      recordStart = i + 1;
    }
    atStart = letter === delimiter || letter === '\n' || letter === '\r' || letter === '"';
  }
  return counts.length === 0 ? [cells] : counts;
};
