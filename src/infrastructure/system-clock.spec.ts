import { expect, it } from '@jest/globals';
import { epochOf } from '../domain/shared/instant.js';
import { SystemClock } from './system-clock.js';

it('tells the time of the machine in milliseconds, in UTC', () => {
  const before = Date.now();
  const now = new SystemClock().now();
  expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(epochOf(now)).toBeGreaterThanOrEqual(before);
  expect(epochOf(now)).toBeLessThanOrEqual(Date.now());
});
