import { parseCoverage, type HolidayCodes } from '../coverage/parse-coverage.js';
import { DomainError } from '../shared/domain-error.js';
import * as input from '../shared/raw-input.js';
import { fieldsOf, type Known, type Path } from '../shared/raw-input.js';
import { parseTerms } from '../terms/parse-terms.js';
import { parseContract } from './parse-contract.js';
import { parsePolicy } from './parse-policy.js';
import type { ChangeKind, ContentOf, Subject } from './content.js';

/** What is known when content is checked; identifiers are one when their keys are. */
export interface ContentFacts {
  hasTier(key: string): boolean;
  hasCoverage(key: string): boolean;
  /** In the spelling they are known by. */
  tierKeys(): readonly string[];
  coverageKeys(): readonly string[];
  /** Absent: no country's public holidays are known. */
  readonly publicHolidays?: HolidayCodes;
}

const MAX_RANK = 1_000_000;
const MAX_NAME = 200;
/** A customer's key percent-encoded, with what is put around it. */
const MAX_EXCEPTION_ID = 2_000;

const tiersOf = (facts: ContentFacts): Known => ({
  has: (key) => facts.hasTier(key),
  keys: () => facts.tierKeys(),
});
const coveragesOf = (facts: ContentFacts): Known => ({
  has: (key) => facts.hasCoverage(key),
  keys: () => facts.coverageKeys(),
});

const PARSERS: {
  readonly [K in ChangeKind]: (raw: unknown, facts: ContentFacts, path: Path) => ContentOf[K];
} = {
  TIER_TERMS: (raw, facts, path) => {
    const fields = fieldsOf(raw, path, ['key', 'name', 'rank', 'terms']);
    return {
      key: fields.required('key', input.identifier),
      name: fields.required('name', input.line(MAX_NAME)),
      rank: fields.required('rank', input.integer(0, MAX_RANK)),
      terms: fields.required('terms', (value, at) => parseTerms(value, at, coveragesOf(facts))),
    };
  },
  TIER_RETIREMENT: (raw, facts, path) => ({
    key: fieldsOf(raw, path, ['key']).required('key', input.reference('tier', tiersOf(facts))),
  }),
  COVERAGE: (raw, facts, path) => parseCoverage(raw, path, facts.publicHolidays),
  CONTRACT: (raw, facts, path) => parseContract(raw, path, tiersOf(facts), coveragesOf(facts)),
  REMAP: (raw, facts, path) => {
    const fields = fieldsOf(raw, path, ['customerId', 'customerName', 'toTier']);
    return input.compact({
      customerId: fields.required('customerId', input.identifier),
      customerName: fields.optional('customerName', input.line(MAX_NAME)),
      toTier: fields.required('toTier', input.reference('tier', tiersOf(facts))),
    });
  },
  WAIVER: (raw, _facts, path) => {
    const fields = fieldsOf(raw, path, ['exceptionId', 'binds', 'until']);
    return {
      exceptionId: fields.required('exceptionId', input.line(MAX_EXCEPTION_ID)),
      binds: fields.required('binds', input.oneOf(['MAPPED_TIER', 'CONTRACT_TIER'])),
      until: fields.required('until', input.instant),
    };
  },
  APPROVAL_POLICY: (raw, facts, path) => parsePolicy(raw, path, tiersOf(facts)),
  IMPORT: (_raw, _facts, path) => {
    throw new DomainError(
      'INVALID_INPUT',
      'An import is not edited. Correct the sheet and import it again.',
      { path },
    );
  },
};

/**
 * Checks what a change asks for and brings it into its one form: known fields only, texts trimmed, what is
 * absent left out. The same for a first proposal and for a revision.
 *
 * @param raw untrusted JSON in the shape of `ContentOf[kind]`
 * @param path where `raw` lies in the caller's input
 * @throws DomainError INVALID_INPUT at the field at fault, and nothing else
 */
export const parseContent = <K extends ChangeKind>(
  kind: K,
  raw: unknown,
  facts: ContentFacts,
  path: Path = [],
): ContentOf[K] => PARSERS[kind](raw, facts, path);

/** An organization has one approval policy; its stream needs no name of its own. */
const POLICY_ID = 'policy';

const SUBJECTS: { readonly [K in ChangeKind]: (content: ContentOf[K], waivedCustomer: string) => Subject } = {
  TIER_TERMS: ({ key }) => ({ kind: 'TIER', id: key }),
  TIER_RETIREMENT: ({ key }) => ({ kind: 'TIER', id: key }),
  COVERAGE: ({ key }) => ({ kind: 'COVERAGE', id: key }),
  CONTRACT: ({ contractId }) => ({ kind: 'CONTRACT', id: contractId }),
  REMAP: ({ customerId }) => ({ kind: 'CUSTOMER', id: customerId }),
  WAIVER: (_content, waivedCustomer) => ({ kind: 'CUSTOMER', id: waivedCustomer }),
  APPROVAL_POLICY: () => ({ kind: 'APPROVAL_POLICY', id: POLICY_ID }),
  IMPORT: ({ importId }) => ({ kind: 'IMPORT', id: importId }),
};

/** What a change is about. A waiver does not name the customer of its exception, so the caller does. */
export const subjectOf = <K extends ChangeKind>(
  kind: K,
  content: ContentOf[K],
  ...[waivedCustomer]: K extends 'WAIVER' ? [waivedCustomer: string] : [waivedCustomer?: string]
): Subject => SUBJECTS[kind](content, waivedCustomer ?? '');
