import type { BenchRow } from '../bench-row.js';

/** Of one side's rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Summary {
  readonly name: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly peer: Spread;
  /** Of the medians. */
  readonly ratio: number;
  readonly goal: string;
  /** Null: the goal is not a bound that can be read. */
  readonly met: boolean | null;
}

export const summaryOf = ({ name, unit, goal, ...row }: BenchRow): Summary => {
  const ours = spreadOf(row.ours);
  const peer = spreadOf(row.peer);
  const ratio = ours.median / peer.median;
  return { name, unit, ours, peer, ratio, goal, met: isMet(goal, ratio) };
};

const spreadOf = (figures: readonly number[]): Spread => {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
};

const isMet = (goal: string, ratio: number): boolean | null => {
  const bound = /^([≥≤]) ([\d.]+) ×/.exec(goal);
  if (!bound) return null;
  return bound[1] === '≥' ? ratio >= Number(bound[2]) : ratio <= Number(bound[2]);
};

const HEADINGS = ['', 'unit', 'ours', 'peer', 'ratio', 'goal', ''];

/** A table in Markdown: what a terminal shows is what the documentation quotes. */
export const tableOf = (summaries: readonly Summary[]): string => {
  const rows = summaries.map(({ name, unit, ours, peer, ratio, goal, met }) => [
    name,
    unit,
    written(ours),
    written(peer),
    `${ratio.toPrecision(3)} ×`,
    goal,
    met === null ? '' : met ? 'met' : 'missed',
  ]);
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
};

const written = ({ median, min, max }: Spread): string => `${figure(median)} (${figure(min)}–${figure(max)})`;

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
