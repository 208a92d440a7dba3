import type { CoverageContent, WeeklyWindow } from '../change/content.js';
import { invalid } from '../shared/domain-error.js';
import * as input from '../shared/raw-input.js';
import { compact, fieldsOf, quoted, type Parse, type Path } from '../shared/raw-input.js';
import { durationMinutes, parseDuration } from '../terms/duration.js';

/** The countries and regions whose public holidays are known. */
export interface HolidayCodes {
  isKnown(code: string): boolean;
}

const MAX_WINDOWS = 500;
const MAX_HOLIDAYS = 1_000;
const DAY_MINUTES = 1440;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Checks a coverage as it comes from outside; windows and holidays are put in order, repeated ones dropped.
 *
 * @throws DomainError INVALID_INPUT at the field at fault, below `path`
 */
export const parseCoverage = (raw: unknown, path: Path, holidayCodes?: HolidayCodes): CoverageContent => {
  const fields = fieldsOf(raw, path, [
    'key',
    'timeZone',
    'windows',
    'holidays',
    'publicHolidays',
    'dayLength',
  ]);
  const holidays = fields.optional('holidays', input.list(input.date, MAX_HOLIDAYS)) ?? [];
  return compact({
    key: fields.required('key', input.identifier),
    timeZone: fields.required('timeZone', input.timeZone),
    windows: fields.required('windows', parseWindows),
    holidays: holidays.length === 0 ? undefined : [...new Set(holidays)].sort(),
    publicHolidays: fields.optional('publicHolidays', parseHolidayCode(holidayCodes)),
    dayLength: fields.optional('dayLength', parseDayLength),
  });
};

const parseWindows: Parse<readonly WeeklyWindow[]> = (raw, path) => {
  const windows = input.list(parseWindow, MAX_WINDOWS)(raw, path);
  if (windows.length === 0)
    throw invalid(
      path,
      'A coverage that never opens would never reach a deadline. Give it at least one window.',
    );
  const ordered = new Map(windows.map((window) => [`${window.day} ${window.start} ${window.end}`, window]));
  return [...ordered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, window]) => window);
};

const parseWindow: Parse<WeeklyWindow> = (raw, path) => {
  const fields = fieldsOf(raw, path, ['day', 'start', 'end']);
  return {
    day: fields.required('day', input.integer(1, 7)),
    start: fields.required('start', time),
    end: fields.required('end', (value, at) => (value === '24:00' ? value : time(value, at))),
  };
};

const time: Parse<string> = (raw, path) => {
  const written = input.line(20)(raw, path);
  if (!TIME.test(written))
    throw invalid(
      path,
      `${quoted(written)} is not a time of day. Write it as 09:00, from 00:00 to 23:59; an end may be 24:00.`,
    );
  return written;
};

const parseHolidayCode =
  (codes?: HolidayCodes): Parse<string> =>
  (raw, path) => {
    const code = input.line(40)(raw, path).toUpperCase();
    if (codes?.isKnown(code) !== true)
      throw invalid(
        path,
        `The public holidays of ${quoted(code)} are not known. Use a code such as DE, DE-BY or US-CA, or list the dates as holidays.`,
      );
    return code;
  };

const parseDayLength: Parse<string> = (raw, path) => {
  const written = input.line(60)(raw, path);
  const duration = parseDuration(written, path);
  if (duration === null || duration.unit === 'day')
    throw invalid(
      path,
      `${quoted(written)} does not say how long a day is. Write it in hours or minutes, such as 8h.`,
    );
  if (durationMinutes(duration, DAY_MINUTES) > DAY_MINUTES)
    throw invalid(path, `${quoted(written)} is longer than a day. The limit is 24h.`);
  return written;
};
