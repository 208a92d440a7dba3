import { DomainError } from '../shared/domain-error.js';
import type { Instant } from '../shared/instant.js';
import { EXCEPTION_KINDS, type ExceptionKind } from './exception-kind.js';

/** What makes an exception that exception: whose, which kind, and since when. */
export interface ExceptionIdentity {
  readonly kind: ExceptionKind;
  readonly since: Instant;
  readonly customerKey: string;
}

/** Exceptions are derived, so their id says what they are; the same facts give the same id. */
export const exceptionId = ({ kind, since, customerKey }: ExceptionIdentity): string =>
  [kind, since, encodeURIComponent(customerKey)].join('~');

/** @throws DomainError NOT_FOUND: what is no id of an exception is not the id of one either */
export const parseExceptionId = (id: string): ExceptionIdentity => {
  const [kind, since, ...rest] = id.split('~');
  // Percent-encoding leaves a `~` in a customer's key as it is.
  const customer = rest.join('~');
  const known = EXCEPTION_KINDS.find((name) => name === kind);
  if (!known || !since || !customer) throw unknownException(id);
  try {
    return { kind: known, since, customerKey: decodeURIComponent(customer) };
  } catch {
    throw unknownException(id);
  }
};

export const unknownException = (id: string): DomainError =>
  new DomainError('NOT_FOUND', `There is no exception ${id}.`, { path: ['exceptionId'] });

/** What would resolve it, in words. */
export const RESOLUTION: Readonly<Record<ExceptionKind, string>> = {
  TIER_MISMATCH: 'Remap the customer to the contracted tier, or change the contract to the mapped tier.',
  NO_ACTIVE_CONTRACT: 'Record the contract that is in force, or extend the one that has ended.',
  UNMAPPED: 'Map the customer to the tier of the contract.',
  UNKNOWN_TIER: 'Propose terms for this tier, or remap customer and contract to a tier that is in force.',
  AMBIGUOUS_CONTRACTS: 'Mark one of the active contracts as primary, or end the others.',
  INCOMPLETE_TERMS: 'Add a commitment for this priority to the tier or to the contract.',
};
