import { z } from 'zod';
import { instant } from './values.js';

const role = z.enum(['viewer', 'member', 'admin', 'compliance']);
const scope = z.enum(['lookup:read', 'tickets:write', 'feed:read', 'reference:import']);

export const ORGANIZATION_SCHEMAS = {
  OrganizationCreated: z.strictObject({ orgId: z.string(), name: z.string(), timeZone: z.string() }),
  PersonAdded: z.strictObject({ email: z.string(), name: z.string(), roles: z.array(role) }),
  PasswordSet: z.strictObject({ email: z.string(), hash: z.string() }),
  ApiKeyCreated: z.strictObject({
    keyId: z.string(),
    name: z.string(),
    hash: z.string(),
    scopes: z.array(scope),
    expiresAt: instant.optional(),
  }),
  ApiKeyRevoked: z.strictObject({ keyId: z.string() }),
  SettingsChanged: z.strictObject({ exceptionRule: z.enum(['REFUSE', 'STRICTER', 'CONTRACT_WINS']) }),
  IdempotencyKeyClaimed: z.strictObject({
    commandId: z.string(),
    content: z.string(),
    stream: z.string(),
    fromRevision: z.string().regex(/^\d+$/),
  }),
};
