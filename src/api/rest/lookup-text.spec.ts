import { expect, it } from '@jest/globals';
import type { BindingSla, LookupResult } from '../../application/queries/views.js';
import { lookupText } from './lookup-text.js';

const terms = { commitments: [], channels: [], features: ['a "named" engineer'] };
const version = { number: 1, effectiveTo: null, terms } as unknown as BindingSla['version'];
const binding = { type: 'BindingSla', source: 'TIER', terms, version, explanation: ['Why.'] };
const answers = [
  binding,
  { ...binding, source: 'CONTRACT_OVERRIDE' },
  { ...binding, terms: { ...terms, notes: 'other terms' } },
  { type: 'UnknownCustomer', id: 'C-1', nearest: ['C-2'] },
] as unknown as LookupResult[];

it.each(answers)('says all that the answer holds, the first time and again', (answer) => {
  expect(JSON.parse(lookupText(answer))).toEqual(answer);
  expect(JSON.parse(lookupText(answer))).toEqual(answer);
});
