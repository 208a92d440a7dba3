const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const formatInstant = (instant: string): string => moment.format(new Date(instant));
export const formatDay = (instant: string): string => day.format(new Date(instant));

export const formatInZone = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(
    new Date(instant),
  );

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "in 3 hours", "2 days ago". */
export const formatRelative = (instant: string, now: number = Date.now()): string => {
  const seconds = (Date.parse(instant) - now) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : 'just now';
};

const WORDS: Readonly<Record<string, string>> = {
  TIER_TERMS: 'Tier terms',
  TIER_RETIREMENT: 'Tier retirement',
  COVERAGE: 'Coverage',
  CONTRACT: 'Contract',
  REMAP: 'Remap',
  WAIVER: 'Waiver',
  APPROVAL_POLICY: 'Approval policy',
  IMPORT: 'Import',
  TIER_MISMATCH: 'Tier mismatch',
  NO_ACTIVE_CONTRACT: 'No active contract',
  UNMAPPED: 'Not mapped',
  UNKNOWN_TIER: 'Unknown tier',
  AMBIGUOUS_CONTRACTS: 'Several contracts',
  INCOMPLETE_TERMS: 'Incomplete terms',
  TIER: 'Tier',
  CONTRACT_OVERRIDE: 'Contract override',
  INBOX_DEFAULT: 'Inbox default',
  STRICTER_OF_BOTH: 'Stricter of both',
  CONTRACT_WINS: 'Contract wins',
};

/** A constant of the contract, for people. */
export const inWords = (constant: string): string =>
  WORDS[constant] ?? constant.charAt(0) + constant.slice(1).toLowerCase().replaceAll('_', ' ');

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^(\d+) ?(m|min|minutes?)$/i, '$1 min'],
  [/^(\d+) ?(h|hours?)$/i, '$1 h'],
  [/^1 ?d$/i, '1 day'],
  [/^(\d+) ?d$/i, '$1 days'],
];

/** As it was written, the long words of time cut short: a matrix is read at a glance. */
export const formatTarget = (written: string | null): string => {
  if (written === null) return '—';
  const rule = SHORT.find(([pattern]) => pattern.test(written));
  return rule ? written.replace(rule[0], rule[1]) : written;
};

/** An instant of a `datetime-local` field, which knows the viewer's zone alone; empty: null. */
export const fromLocalField = (value: string): string | null =>
  value === '' ? null : new Date(value).toISOString();

/** The other way round, for a `datetime-local` field. */
export const toLocalField = (instant: string): string => {
  if (instant === '') return '';
  const at = new Date(instant);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
};

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day of the calendar, wherever one is: `2026-11-21`. What is no such day stays as it is. */
export const formatDate = (day: string): string =>
  Number.isNaN(Date.parse(day)) ? day : date.format(new Date(day));

/** An amount as people read it, to the last digit given: `6,000.50 EUR`. */
export const formatAmount = (amount: string, currency: string | null): string =>
  [
    new Intl.NumberFormat(undefined, { minimumFractionDigits: amount.split('.')[1]?.length ?? 0 }).format(
      amount as `${number}`,
    ),
    currency,
  ]
    .filter(Boolean)
    .join(' ');

/** The day that it is there now: `2026-11-21`. */
export const dayIn = (timeZone: string, now: Date = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
