import { invalid } from '../shared/domain-error.js';
import * as input from '../shared/raw-input.js';
import { compact, fieldsOf, quoted, type Known, type Parse, type Path } from '../shared/raw-input.js';
import { parseTerms } from '../terms/parse-terms.js';
import type { ContractContent } from './content.js';

/** GraphQL's Int, which seats are answered as. */
const MAX_INT = 2 ** 31 - 1;
/** RFC 5321: the longest address that mail can carry. */
const MAX_EMAIL = 254;
const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/;
/** ISO 4217 knows no currency with more than four decimals. */
const AMOUNT = /^(0|[1-9]\d{0,14})(\.\d{1,4})?$/;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** @throws DomainError INVALID_INPUT at the field at fault, below `path` */
export const parseContract = (raw: unknown, path: Path, tiers: Known, coverages: Known): ContractContent => {
  const fields = fieldsOf(raw, path, [
    'contractId',
    'customerId',
    'tier',
    'startsOn',
    'endsOn',
    'timeZone',
    'overrides',
    'primary',
    'annualValue',
    'currency',
    'creditsEnabled',
    'csmEmail',
    'seats',
  ]);
  const contract = compact({
    contractId: fields.required('contractId', input.identifier),
    customerId: fields.required('customerId', input.identifier),
    tier: fields.required('tier', input.reference('tier', tiers)),
    startsOn: fields.required('startsOn', input.date),
    endsOn: fields.optional('endsOn', input.date),
    timeZone: fields.optional('timeZone', input.timeZone),
    overrides: fields.optional('overrides', (value, at) => parseTerms(value, at, coverages)),
    primary: fields.optional('primary', input.flag),
    annualValue: fields.optional('annualValue', amount),
    currency: fields.optional('currency', currency),
    creditsEnabled: fields.optional('creditsEnabled', input.flag),
    csmEmail: fields.optional('csmEmail', email),
    seats: fields.optional('seats', input.integer(0, MAX_INT)),
  });
  if (contract.endsOn !== undefined && contract.endsOn < contract.startsOn)
    throw invalid(
      [...path, 'endsOn'],
      `The contract ends before it starts: ${contract.endsOn} is before ${contract.startsOn}.`,
    );
  return contract;
};

const amount: Parse<string> = (raw, path) => {
  const written = typeof raw === 'string' ? raw.trim() : String(raw);
  if (typeof raw !== 'string' || !AMOUNT.test(written))
    throw invalid(
      path,
      `${quoted(written)} is not an amount. Write it as text with a decimal point, without currency or thousands marks: "30000" or "1234.50".`,
    );
  return written;
};

const currency: Parse<string> = (raw, path) => {
  const code = input.line(10)(raw, path).toUpperCase();
  if (!CURRENCIES.has(code))
    throw invalid(path, `${quoted(code)} is not a currency of ISO 4217. Write it as EUR or USD.`);
  return code;
};

const email: Parse<string> = (raw, path) => {
  const address = input.line(MAX_EMAIL)(raw, path);
  if (!EMAIL.test(address))
    throw invalid(path, `${quoted(address)} is not an email address. Write it as name@example.com.`);
  return address;
};
