import { z } from 'zod';
import type { AnyEvent, EventType } from '../../domain/events.js';
import type { EventMetadata } from '../../domain/shared/recorded.js';
import { AUDIT_SCHEMAS } from './schemas/audit.schemas.js';
import { CHANGE_SCHEMAS } from './schemas/change.schemas.js';
import { IMPORT_SCHEMAS } from './schemas/import.schemas.js';
import { ORGANIZATION_SCHEMAS } from './schemas/organization.schemas.js';
import { instant } from './schemas/values.js';
import { WEBHOOK_SCHEMAS } from './schemas/webhook.schemas.js';

type DataOf<T extends EventType> = Extract<AnyEvent, { type: T }>['data'];

/**
 * What each type of event looks like in the log today. Strict throughout: a field that is not declared here would be
 * written and never be understood by an upcaster, so it is refused.
 */
export const EVENT_SCHEMAS = {
  ...CHANGE_SCHEMAS,
  ...IMPORT_SCHEMAS,
  ...ORGANIZATION_SCHEMAS,
  ...AUDIT_SCHEMAS,
  ...WEBHOOK_SCHEMAS,
} satisfies { [T in EventType]: z.ZodType<DataOf<T>> };

/** Key of the metadata that a migration leaves on events that it copied from another log. */
export const MIGRATED = '$migrated';

export const metadataSchema = z.strictObject({
  orgId: z.string(),
  actor: z.string(),
  roles: z.array(z.string()),
  commandId: z.string(),
  $correlationId: z.string(),
  $causationId: z.string().nullable(),
  schemaVersion: z.int().min(1),
  via: z.string().optional(),
  reason: z.string().optional(),
  [MIGRATED]: z.strictObject({ recordedAt: instant, position: z.string().regex(/^\d+$/) }).optional(),
}) satisfies z.ZodType<EventMetadata>;

/** Every field present, so that assignability also speaks for the optional ones. */
type Full<T> = T extends object ? { readonly [K in keyof T]-?: Full<Exclude<T[K], undefined>> } : T;

type Incomplete = {
  [T in EventType]: Full<z.output<(typeof EVENT_SCHEMAS)[T]>> extends Full<DataOf<T>> ? never : T;
}[EventType];

// Compiles only while no schema lacks a field of its event, optional ones included: a strict schema would refuse it.
[] satisfies Incomplete[];
true satisfies [Incomplete] extends [never] ? true : Incomplete;

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENT_SCHEMAS, type);

/** The types the log knows, in a fixed order. */
export const EVENT_TYPES = Object.keys(EVENT_SCHEMAS) as EventType[];
