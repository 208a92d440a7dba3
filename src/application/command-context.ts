import type { EventMetadata } from '../domain/shared/recorded.js';
import type { Principal } from './principal.js';

/** Who gives a command, from where, and as part of what. */
export interface CommandContext {
  readonly principal: Principal;
  readonly via: 'graphql' | 'rest' | 'cli' | 'worker';
  readonly correlationId: string;
}

/** Version of the events' shapes that are written now. */
export const SCHEMA_VERSION = 1;

/** What every event of a command carries ("Audit" in the domain). */
export const metadataOf = (
  { principal, via, correlationId }: CommandContext,
  commandId: string,
  reason?: string,
): EventMetadata => ({
  orgId: principal.orgId,
  actor: principal.subject,
  roles: principal.roles,
  commandId,
  $correlationId: correlationId,
  $causationId: commandId,
  schemaVersion: SCHEMA_VERSION,
  via,
  ...(reason === undefined ? {} : { reason }),
});
