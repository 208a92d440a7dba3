import { textScalar } from './text-scalar.js';

export const DateTimeScalar = textScalar({
  name: 'DateTime',
  description:
    'An instant, RFC 3339: `2026-03-01T09:00:00Z`, `2026-03-01T10:00:00+01:00`. Always answered in UTC with milliseconds. ' +
    'Where a query asks as of an instant (`at`, `knownAt`, `from`, `to`), a date alone is accepted too and means the ' +
    "end of that day in the organization's time zone.",
  example: '2026-03-01T09:00:00Z',
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
});
