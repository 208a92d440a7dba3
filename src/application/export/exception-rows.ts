import type { Cell } from '../../domain/import/export-rows.js';
import type { ListedException } from '../queries/exception-query.js';

export const EXCEPTION_HEADINGS = [
  'id',
  'kind',
  'status',
  'customer_id',
  'customer_name',
  'mapped_tier',
  'contract_tier',
  'since',
  'until',
  'acknowledged_by',
  'note',
  'owner',
  'due_on',
  'resolution',
] as const;

export const exceptionRow = ({ exception, customerName }: ListedException): readonly Cell[] => [
  exception.id,
  exception.kind,
  exception.status,
  exception.customerId,
  customerName,
  exception.mappedTier,
  exception.contractTier,
  exception.since,
  exception.until,
  exception.acknowledgedBy,
  exception.note,
  exception.owner,
  exception.dueOn,
  exception.resolution,
];
