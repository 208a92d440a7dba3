import { describe, expect, it } from '@jest/globals';
import type { Terms } from '../terms/terms.js';
import { BEGINNING, faultsOf, tierFaults, type TierFault } from './tier-faults.js';

const JAN = '2026-01-01T00:00:00.000Z';
const FEB = '2026-02-01T00:00:00.000Z';
const MAR = '2026-03-01T00:00:00.000Z';
const APR = '2026-04-01T00:00:00.000Z';

const terms = (...priorities: readonly string[]): Terms => ({
  commitments: priorities.map((priority) => ({
    priority,
    firstResponse: '1h',
    nextUpdate: null,
    resolution: null,
    coverage: '24x7',
  })),
  channels: [],
  features: [],
});
const said = (faults: readonly TierFault[]) =>
  faults.map(({ kind, missing, from, to }) => [kind, missing.join(), from, to]);

describe('when a tier fails those who rely on it', () => {
  const faults = tierFaults([
    {
      key: 'gold',
      periods: [
        { from: JAN, to: FEB, terms: terms('P0', 'P1') },
        { from: MAR, to: null, terms: terms('P0') },
      ],
    },
    {
      key: 'silver',
      periods: [
        { from: FEB, to: APR, terms: terms('p0', 'P1') },
        { from: APR, to: null, terms: terms('P0', 'P1', 'P2') },
      ],
    },
  ]);

  it('is while it is not in force, and while it leaves out what another commits to', () =>
    expect(said(faultsOf(faults, 'gold'))).toEqual([
      ['UNKNOWN_TIER', '', BEGINNING, JAN],
      ['UNKNOWN_TIER', '', FEB, MAR],
      ['INCOMPLETE_TERMS', 'p1', MAR, APR],
      ['INCOMPLETE_TERMS', 'p1,p2', APR, null],
    ]));

  it('is never for its own versions that say the same', () =>
    expect(said(faultsOf(faults, 'silver'))).toEqual([['UNKNOWN_TIER', '', BEGINNING, FEB]]));

  it('is always where it never was', () =>
    expect(said(faultsOf(faults, 'bronze'))).toEqual([['UNKNOWN_TIER', '', BEGINNING, null]]));
});
