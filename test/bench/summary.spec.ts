import { describe, expect, it } from '@jest/globals';
import { summaryOf, tableOf } from '../../bench/support/summary.js';

const row = {
  name: 'lookup',
  unit: 'requests/s',
  goal: '≥ 0.5 ×',
  ours: [30, 10, 20],
  peer: [40, 10, 20, 30],
};

describe('the summary of a comparison', () => {
  it('compares medians and keeps the spread', () =>
    expect(summaryOf(row)).toMatchObject({
      ours: { median: 20, min: 10, max: 30 },
      peer: { median: 25, min: 10, max: 40 },
      ratio: 0.8,
      met: true,
    }));

  it('knows goals from below and from above', () => {
    expect(summaryOf({ ...row, goal: '≥ 0.9 ×' }).met).toBe(false);
    expect(summaryOf({ ...row, goal: '≤ 0.9 ×' }).met).toBe(true);
    expect(summaryOf({ ...row, goal: 'for comparison' }).met).toBeNull();
  });

  it('is shown as a table', () =>
    expect(tableOf([summaryOf(row)]).split('\n')[2]).toBe(
      '| lookup | requests/s | 20 (10–30) | 25 (10–40) | 0.800 × | ≥ 0.5 × | met |',
    ));
});
