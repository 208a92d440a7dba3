import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildContractSchema } from './contract-schema.js';

const COMMITTED = join(import.meta.dirname, '../../schema.graphql');

it('serves the committed schema (UPDATE_SDL=1 writes it anew after an intended change)', async () => {
  const served = `${printSchema(lexicographicSortSchema(await buildContractSchema()))}\n`;
  if (process.env['UPDATE_SDL'] === '1') await writeFile(COMMITTED, served);
  expect(served).toBe(await readFile(COMMITTED, 'utf8'));
});
