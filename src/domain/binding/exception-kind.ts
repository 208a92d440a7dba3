export const EXCEPTION_KINDS = [
  'TIER_MISMATCH',
  'NO_ACTIVE_CONTRACT',
  'UNMAPPED',
  'UNKNOWN_TIER',
  'AMBIGUOUS_CONTRACTS',
  'INCOMPLETE_TERMS',
] as const;

/** Facts that contradict one another, so that no single promise can be named honestly. */
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** The exceptions that follow from a customer's own facts. */
export type CustomerExceptionKind = Exclude<ExceptionKind, 'UNKNOWN_TIER' | 'INCOMPLETE_TERMS'>;
