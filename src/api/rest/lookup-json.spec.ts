import { expect, it } from '@jest/globals';
import type { BindingSla, LookupResult } from '../../application/queries/views.js';
import { lookupJson } from './lookup-json.js';

const NOW = '2026-03-01T09:00:00.000Z';

const terms = { commitments: [], channels: [], features: ['a "named" engineer, Mon–Fri'] };
const version = { number: 1, effectiveTo: null, terms } as unknown as BindingSla['version'];
const binding = {
  type: 'BindingSla',
  source: 'TIER',
  terms,
  version,
  at: NOW,
  knownAt: NOW,
  explanation: ['Why.'],
};
const answers = [
  binding,
  { ...binding, source: 'CONTRACT_OVERRIDE' },
  { ...binding, terms: { ...terms, notes: 'other terms' } },
  { ...binding, at: '2025-01-01T00:00:00.000Z' },
  { ...binding, at: '2026-03-01T09:00:00.001Z', knownAt: '2026-03-01T09:00:00.001Z' },
  { type: 'UnknownCustomer', id: 'C-1', nearest: ['C-2'] },
] as unknown as LookupResult[];

it.each(answers)('says all that the answer holds, the first time and again', (answer) => {
  expect(JSON.parse(lookupJson(answer))).toEqual(answer);
  expect(JSON.parse(lookupJson(answer))).toEqual(answer);
});
