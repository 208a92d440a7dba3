import { describe, expect, it } from '@jest/globals';
import {
  emptyCommitment,
  isReadable,
  targetError,
  withCommitment,
  withoutCommitment,
} from './terms-draft.js';

const TERMS = {
  commitments: [{ ...emptyCommitment('P0', '24x7'), firstResponse: '1h' }, emptyCommitment('P1')],
  channels: [
    { channel: 'email' },
    { channel: 'phone', priorities: ['P0', 'P1'] },
    { channel: 'pager', priorities: ['P1'] },
  ],
  features: [],
};

describe('a target being written', () => {
  it.each([null, '', ' ', '30m', '8 hours', '1 business day', 'PT4H', 'N/A'])('can be %j', (text) =>
    expect(targetError(text)).toBeNull(),
  );
  it.each([
    ['soon', /30m/],
    ['4', /30m/],
    ['-1h', /negative/],
  ])('cannot be %j, and it is said why', (text, why) => expect(targetError(text)).toMatch(why));
});

describe('terms being written', () => {
  it('change what is promised for a priority, and promise for one that had nothing', () => {
    expect(withCommitment(TERMS, 'P0', { resolution: '4h' }).commitments[0]).toEqual({
      ...TERMS.commitments[0],
      resolution: '4h',
    });
    expect(withCommitment(TERMS, 'P2', { firstResponse: '2d' }).commitments[2]).toEqual({
      ...emptyCommitment('P2'),
      firstResponse: '2d',
    });
  });

  it('lose a priority with the channels that were for it alone', () => {
    const { commitments, channels } = withoutCommitment(TERMS, 'P1');
    expect(commitments.map(({ priority }) => priority)).toEqual(['P0']);
    expect(channels).toEqual([{ channel: 'email' }, { channel: 'phone', priorities: ['P0'] }]);
  });

  it('can be read once every target can', () => {
    expect(isReadable(TERMS)).toBe(true);
    expect(isReadable(withCommitment(TERMS, 'P1', { nextUpdate: 'often' }))).toBe(false);
  });
});
