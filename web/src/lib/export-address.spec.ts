import { expect, it } from '@jest/globals';
import { exportAddress } from './export-address.js';

it.each([
  [{}, '/v1/export/matrix.csv'],
  [{ at: '2026-03-03' }, '/v1/export/matrix.csv?at=2026-03-03'],
  [
    { at: '2026-03-03T10:00:00.000Z', knownAt: '2026-04-01' },
    '/v1/export/matrix.csv?at=2026-03-03T10%3A00%3A00.000Z&knownAt=2026-04-01',
  ],
])('a file is of the moment shown: %j', (moment, address) =>
  expect(exportAddress('matrix', moment)).toBe(address),
);
