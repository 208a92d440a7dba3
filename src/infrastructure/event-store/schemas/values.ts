import { z } from 'zod';

/** Written by `instantOf` and by nothing else, so that the order of the texts is the order of the instants. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'is not an instant in UTC');

export const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a date');

/** Numbers of versions, revisions, records. */
export const count = z.int().min(0);
export const ordinal = z.int().min(1);
