import type { Cell } from '../../domain/import/export-rows.js';
import type { AuditEntry } from '../queries/views.js';

export const AUDIT_HEADINGS = [
  'position',
  'recorded_at',
  'actor',
  'roles',
  'type',
  'subject_kind',
  'subject_id',
  'change_id',
  'reason',
  'before',
  'after',
  'via',
  'command_id',
  'correlation_id',
  'causation_id',
  'event_id',
] as const;

/** States before and after as JSON; roles apart by spaces. */
export const auditRow = (entry: AuditEntry): readonly Cell[] => [
  entry.position,
  entry.recordedAt,
  entry.actor,
  entry.roles.join(' '),
  entry.type,
  entry.subject?.kind ?? null,
  entry.subject?.id ?? null,
  entry.changeId,
  entry.reason,
  entry.before && JSON.stringify(entry.before),
  entry.after && JSON.stringify(entry.after),
  entry.via,
  entry.commandId,
  entry.correlationId,
  entry.causationId,
  entry.id,
];
