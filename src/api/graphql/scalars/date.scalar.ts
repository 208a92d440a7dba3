import { textScalar } from './text-scalar.js';

export const DateScalar = textScalar({
  name: 'Date',
  description: 'A calendar date without a time, RFC 3339: `2026-03-01`.',
  example: '2026-03-01',
  pattern: /^\d{4}-\d\d-\d\d$/,
});
