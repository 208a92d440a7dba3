import { invalid } from '../shared/domain-error.js';
import { DATE_ORDERS, type DateOrder } from './sheet-date.js';

const MAX_ENTRIES = 200;

/** What a caller says about columns, from untrusted JSON; null and undefined: nothing. @throws DomainError INVALID_INPUT */
export const parseColumnMap = (raw: unknown): Readonly<Record<string, string | null>> => {
  if (raw === null || raw === undefined) return {};
  const remedy = 'Write it as {"heading": "field"}, e.g. {"Kunde Nr.": "customerId"}.';
  if (typeof raw !== 'object' || Array.isArray(raw))
    throw invalid(['columns'], `Columns are an object. ${remedy}`);
  const entries: [string, unknown][] = Object.entries(raw);
  if (entries.length > MAX_ENTRIES)
    throw invalid(['columns'], `At most ${MAX_ENTRIES} columns can be mapped.`);
  for (const [heading, field] of entries)
    if (field !== null && typeof field !== 'string')
      throw invalid(
        ['columns', heading.slice(0, 60)],
        `A field is text, or null to ignore the column. ${remedy}`,
      );
  return Object.fromEntries(entries) as Record<string, string | null>;
};

/** @throws DomainError INVALID_INPUT at `dateOrder` */
export const parseDateOrder = (raw: string | null | undefined): DateOrder | undefined => {
  if (raw === null || raw === undefined || raw.trim() === '') return undefined;
  const order = DATE_ORDERS.find((known) => known === raw.trim().toLowerCase().replaceAll('_', '-'));
  if (!order)
    throw invalid(
      ['dateOrder'],
      `${JSON.stringify(raw.slice(0, 40))} is no order of dates. Use ${DATE_ORDERS.join(', ')}.`,
    );
  return order;
};
