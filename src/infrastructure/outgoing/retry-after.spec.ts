import { expect, it } from '@jest/globals';
import { waitAsked } from './retry-after.js';

const NOW = Date.UTC(2026, 2, 1, 9);

it.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['0', 0],
  // The form of today, and the two that a recipient has to know as well.
  ['Sun, 01 Mar 2026 09:01:30 GMT', 90_000],
  ['Sunday, 01-Mar-26 09:01:30 GMT', 90_000],
  ['Sun Mar  1 09:01:30 2026', 90_000],
  ['Sun, 01 Mar 2026 08:00:00 GMT', 0],
])('reads %p', (text, expected) => expect(waitAsked(text, NOW)).toBe(expected));

it.each([
  undefined,
  '',
  '-5',
  '1.5',
  '1e9',
  '0x10',
  'soon',
  '2026-03-01T10:00:00Z',
  'Sun, 99 Foo',
  '9'.repeat(400),
])('takes %p for nothing', (text) => expect(waitAsked(text, NOW)).toBe(0));
