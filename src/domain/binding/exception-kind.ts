/** The exceptions that follow from a customer's own facts. */
export type CustomerExceptionKind =
  'TIER_MISMATCH' | 'NO_ACTIVE_CONTRACT' | 'UNMAPPED' | 'AMBIGUOUS_CONTRACTS';

/** Facts that contradict one another, so that no single promise can be named honestly. */
export type ExceptionKind = CustomerExceptionKind | 'UNKNOWN_TIER' | 'INCOMPLETE_TERMS';
