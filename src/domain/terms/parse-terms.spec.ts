import { describe, expect, it } from '@jest/globals';
import { identifierKey } from '../shared/identifier.js';
import { MAX_TERMS_BYTES, parseTerms } from './parse-terms.js';

const KEYS = ['24x7', 'business-hours'];
const coverages = { has: (key: string) => KEYS.includes(identifierKey(key)), keys: () => KEYS };
const commitment = {
  priority: 'P1',
  firstResponse: '1h',
  nextUpdate: null,
  resolution: '8h',
  coverage: '24x7',
};
const other = { ...commitment, priority: 'P2' };
const minimal = { commitments: [commitment], channels: [], features: [] };
const parse = (changes: object) => parseTerms({ ...minimal, ...changes }, ['terms'], coverages);
const withCommitment = (changes: object) => ({ commitments: [{ ...commitment, ...changes }] });
const withChannel = (...channels: object[]) => ({ commitments: [commitment, other], channels });

describe('checking terms', () => {
  it('gives back what is already in form', () => {
    const terms = {
      ...minimal,
      channels: [{ channel: 'phone', priorities: ['P1'], coverage: '24x7' }],
      uptimePercent: 99.95,
      achievementPercent: 99,
      credits: { percentPerBreach: 5, monthlyCapPercent: 25 },
      features: ['dedicated CSM'],
      notes: 'First line\nsecond line',
    };
    expect(parse(terms)).toEqual(terms);
  });

  it('keeps durations as they were written, and what is not promised as null', () => {
    const [parsed] = parse(
      withCommitment({ firstResponse: ' 8  Hours ', nextUpdate: 'N/A', resolution: '' }),
    ).commitments;
    expect(parsed).toEqual({ ...commitment, firstResponse: '8  Hours', nextUpdate: null, resolution: null });
  });

  it('leaves out what is absent, so that equal terms are written alike', () => {
    const terms = parse({ uptimePercent: null, achievementPercent: undefined, credits: null, notes: '  ' });
    expect(JSON.stringify(terms)).toBe(JSON.stringify(minimal));
    expect(
      parseTerms({ commitments: [{ priority: 'P1', coverage: '24x7' }] }, [], coverages).features,
    ).toEqual([]);
  });

  it('takes references in the spelling they are known by', () => {
    const terms = parse({
      ...withCommitment({ coverage: 'Business-Hours' }),
      channels: [{ channel: 'Phone', priorities: ['p1'], coverage: '24X7' }],
    });
    expect(terms.commitments[0]?.coverage).toBe('business-hours');
    expect(terms.channels).toEqual([{ channel: 'Phone', priorities: ['P1'], coverage: '24x7' }]);
  });

  it('lets a channel come twice for different priorities', () => {
    const channels = [
      { channel: 'phone', priorities: ['P1'], coverage: '24x7' },
      { channel: 'phone', priorities: ['P2'], coverage: 'business-hours' },
    ];
    expect(parse(withChannel(...channels)).channels).toEqual(channels);
  });

  it.each([
    ['no commitment', { commitments: [] }, ['commitments'], /at least one priority/],
    ['commitments left out', { commitments: null }, ['commitments'], /is needed/],
    [
      'a priority twice',
      { commitments: [commitment, { ...commitment, priority: ' p1' }] },
      ['commitments', '1', 'priority'],
      /second commitment/,
    ],
    [
      'a priority with a bidi override',
      withCommitment({ priority: 'P\u202e1' }),
      ['commitments', '0', 'priority'],
      /invisible/,
    ],
    [
      'a duration that is none',
      withCommitment({ resolution: 'soon' }),
      ['commitments', '0', 'resolution'],
      /8h/,
    ],
    [
      'a duration without a unit',
      withCommitment({ resolution: 8 }),
      ['commitments', '0', 'resolution'],
      /with its unit/,
    ],
    [
      'a coverage that is not known',
      withCommitment({ coverage: 'buisness-hours' }),
      ['commitments', '0', 'coverage'],
      /Did you mean business-hours/,
    ],
    [
      'a misspelt field',
      withCommitment({ firstRespons: '1h' }),
      ['commitments', '0', 'firstRespons'],
      /Did you mean firstResponse/,
    ],
    ['a field from elsewhere', { tier: 'gold' }, ['tier'], /Known here: commitments/],
    [
      'a channel for a priority without commitment',
      { channels: [{ channel: 'phone', priorities: ['P9'] }] },
      ['channels', '0', 'priorities', '0'],
      /Known: P1/,
    ],
    [
      'a channel for no priority',
      { channels: [{ channel: 'phone', priorities: [] }] },
      ['channels', '0', 'priorities'],
      /leave the list out/,
    ],
    [
      'a channel’s priority twice',
      withChannel({ channel: 'phone', priorities: ['P1', 'p1'] }),
      ['channels', '0', 'priorities', '1'],
      /twice/,
    ],
    [
      'a channel twice for a priority',
      withChannel({ channel: 'phone' }, { channel: 'Phone', priorities: ['P2'] }),
      ['channels', '1'],
      /second time for P2/,
    ],
    [
      'a channel in an unknown coverage',
      { channels: [{ channel: 'phone', coverage: 'x' }] },
      ['channels', '0', 'coverage'],
      /Known: 24x7, business-hours/,
    ],
    ['more than 100 percent', { uptimePercent: 100.01 }, ['uptimePercent'], /not within 0 to 100/],
    ['no finite number', { achievementPercent: NaN }, ['achievementPercent'], /A number/],
    ['a number in text', { uptimePercent: '99.9' }, ['uptimePercent'], /A number/],
    [
      'a negative cap',
      { credits: { percentPerBreach: 5, monthlyCapPercent: -1 } },
      ['credits', 'monthlyCapPercent'],
      /not within/,
    ],
    [
      'half a credit rule',
      { credits: { percentPerBreach: 5 } },
      ['credits', 'monthlyCapPercent'],
      /is needed/,
    ],
    ['an empty feature', { features: ['QBR', ' '] }, ['features', '1'], /empty/],
    ['a NUL', { notes: 'a\u0000b' }, ['notes'], /control characters/],
    ['endless notes', { notes: 'x'.repeat(100_001) }, ['notes'], /limit is 100000/],
    ['endless features', { features: Array(501).fill('x') }, ['features'], /limit is 500/],
    [
      'more bytes than an append holds',
      { features: Array(500).fill('ü'.repeat(1_900)) },
      [],
      new RegExp(`limit is ${MAX_TERMS_BYTES}`),
    ],
  ])('refuses %s', (_, changes, path, message) => {
    expect(() => parse(changes)).toThrow(message);
    expect(() => parse(changes)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['terms', ...path] }),
    );
  });

  it.each([null, undefined, 7, 'terms', [], [minimal]])('refuses %j in the place of terms', (raw) => {
    expect(() => parseTerms(raw, ['terms'], coverages)).toThrow(expect.objectContaining({ path: ['terms'] }));
  });
});
