import { describe, expect, it } from '@jest/globals';
import { columnMap } from './column-map.js';

describe('what columns mean', () => {
  it.each([
    ['Kunde Nr.=customerId', { 'Kunde Nr.': 'customerId' }],
    ['a=b=customerId', { 'a=b': 'customerId' }],
    [' Notes = ', { Notes: null }],
    ['{"Kunde":"customerId","x":null}', { Kunde: 'customerId', x: null }],
  ])('reads %s', (text, map) => expect(columnMap(text)).toEqual(map));

  it('adds up', () => expect(columnMap('b=2', columnMap('a=1'))).toEqual({ a: '1', b: '2' }));

  it.each(['customerId', '=customerId', '{Kunde: customerId}'])('refuses %s', (text) =>
    expect(() => columnMap(text)).toThrow(/heading/),
  );
});
