import { z } from 'zod';
import { EXCEPTION_KINDS } from '../../../domain/binding/exception-kind.js';
import { contract, remap, tierTerms } from './content.schemas.js';
import { count, ordinal } from './values.js';

const outcome = z.enum(['CREATE', 'REMAP', 'UPDATE', 'UNCHANGED', 'DUPLICATE', 'INVALID']);
const baseVersion = count;

const stagedRow = z.strictObject({
  record: ordinal,
  outcome,
  customerId: z.string().optional(),
  contractId: z.string().optional(),
  field: z.string().optional(),
  message: z.string().optional(),
  duplicateOf: ordinal.optional(),
  exception: z.enum(EXCEPTION_KINDS).optional(),
  mapping: remap.extend({ baseVersion }).optional(),
  contract: contract.extend({ baseVersion }).optional(),
  tier: tierTerms.extend({ baseVersion }).optional(),
});

export const IMPORT_SCHEMAS = {
  ImportStarted: z.strictObject({
    importId: z.string(),
    source: z.enum(['upload', 'url', 'inline', 'cli']),
  }),
  ImportRowsStaged: z.strictObject({ importId: z.string(), rows: z.array(stagedRow) }),
  ImportAnalysed: z.strictObject({
    importId: z.string(),
    total: count,
    counts: z.partialRecord(outcome, count),
  }),
  ImportFailed: z.strictObject({
    importId: z.string(),
    message: z.string(),
    record: ordinal.optional(),
  }),
  ImportProgressed: z.strictObject({
    importId: z.string(),
    applied: count,
    skipped: z.array(z.strictObject({ record: ordinal, message: z.string() })),
    done: z.boolean(),
  }),
};
