import { z } from 'zod';
import { subject } from './change.schemas.js';

export const AUDIT_SCHEMAS = {
  ActionRefused: z.strictObject({
    action: z.string(),
    code: z.enum(['FORBIDDEN', 'SELF_APPROVAL', 'NOT_FOUND']),
    triedChangeId: z.string().optional(),
    subject: subject.optional(),
    message: z.string(),
    omitted: z.int().min(1).optional(),
  }),
};
