import type { CoverageContent, WeeklyWindow } from '../change/content.js';

const WORKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [...WORKDAYS, 6, 7];

const daily = (days: readonly number[], start: string, end: string): WeeklyWindow[] =>
  days.map((day) => ({ day, start, end }));

/** Open at every instant; its zone only says how its times are shown. */
export const ALWAYS_OPEN: CoverageContent = {
  key: '24x7',
  timeZone: 'UTC',
  windows: daily(ALL_DAYS, '00:00', '24:00'),
};

/** Monday 00:00 to Friday 24:00. @param timeZone IANA name */
export const aroundTheClockOnWorkdays = (timeZone: string): CoverageContent => ({
  key: '24x5',
  timeZone,
  windows: daily(WORKDAYS, '00:00', '24:00'),
});

/** Monday to Friday, 09:00 to 17:00. @param timeZone IANA name */
export const businessHours = (timeZone: string): CoverageContent => ({
  key: 'business-hours',
  timeZone,
  windows: daily(WORKDAYS, '09:00', '17:00'),
});

/** What an organization starts with. @param timeZone IANA name of the organization's zone */
export const defaultCoverages = (timeZone = 'Europe/Berlin'): readonly CoverageContent[] => [
  ALWAYS_OPEN,
  aroundTheClockOnWorkdays(timeZone),
  businessHours(timeZone),
];
