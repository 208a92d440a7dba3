import type { WeeklyWindow } from '../change/content.js';

/** Minutes from the start of a local day; `end` is exclusive. */
export interface MinuteRange {
  readonly start: number;
  readonly end: number;
}

export const DAY_MINUTES = 1440;

/** What each day of the week opens, ISO 1 (Monday) to 7; a range that runs past midnight ends after 1440. */
export const openingsOfDay = (windows: readonly WeeklyWindow[], day: number): readonly MinuteRange[] =>
  union(windows.filter((window) => window.day === day).map(rangeOf));

const rangeOf = ({ start, end }: WeeklyWindow): MinuteRange => {
  const from = minuteOf(start);
  const to = minuteOf(end);
  return { start: from, end: to > from ? to : to + DAY_MINUTES };
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Ranges that overlap or touch are one. */
export const union = (ranges: readonly MinuteRange[]): readonly MinuteRange[] => {
  const merged: MinuteRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else merged.push(range);
  }
  return merged;
};

export const lengthOf = (ranges: readonly MinuteRange[]): number =>
  ranges.reduce((sum, { start, end }) => sum + end - start, 0);

/**
 * The open ranges within one local day: what the day opens itself, and what the day before left open.
 *
 * @param day ISO day, 1 to 7
 * @param holds whether the day's own windows count (no holiday)
 * @param previousHolds the same of the day before
 */
export type DayPattern = (day: number, holds: boolean, previousHolds: boolean) => readonly MinuteRange[];

export const dayPatternOf = (windows: readonly WeeklyWindow[]): DayPattern => {
  const openings = [1, 2, 3, 4, 5, 6, 7].map((day) => openingsOfDay(windows, day));
  const patterns = openings.flatMap((own, index) => {
    const spill = (openings[(index + 6) % 7] ?? [])
      .filter(({ end }) => end > DAY_MINUTES)
      .map(({ start, end }) => ({ start: Math.max(0, start - DAY_MINUTES), end: end - DAY_MINUTES }));
    const clipped = own.map(({ start, end }) => ({ start, end: Math.min(end, DAY_MINUTES) }));
    return [[], spill, clipped, [...clipped, ...spill]].map(union);
  });
  return (day, holds, previousHolds) =>
    patterns[(day - 1) * 4 + (holds ? 2 : 0) + (previousHolds ? 1 : 0)] ?? [];
};
