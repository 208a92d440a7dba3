import { bindingTierKey, standingsOf, type StandingPeriod } from '../../src/domain/binding/standing.js';
import { parseExceptionId } from '../../src/domain/binding/exception.js';
import { identifierKey } from '../../src/domain/shared/identifier.js';
import type { Instant } from '../../src/domain/shared/instant.js';
import type { CustomerDocument } from '../../src/application/read-models/customers.read-model.js';
import { factsOf } from '../../src/application/read-models/customer-facts.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import {
  EXCEPTIONS,
  type FactsDocument,
  type StandingDocument,
} from '../../src/application/read-models/exceptions.read-model.js';
import type { Derived, Projection } from '../runtime/projection.js';
import { VERSION_EVENTS, approvedVersion } from '../approved-version.js';
import { customerOf, evolveCustomer } from '../customers/customers.projection.js';

type Doc = FactsDocument | StandingDocument;

const factsKey = (orgId: string, customerKey: string): string => documentKey(orgId, 'facts', customerKey);

const standingKey = (standing: StandingDocument): string =>
  documentKey(standing.orgId, 'standing', standing.customerKey, standing.from, standing.knownFrom);

/**
 * How every customer stands over all time, computed when a fact changes. A standing that is known no longer is closed,
 * never removed: what was known then can be asked for ever after.
 */
export const exceptionsProjection: Projection<Doc> = {
  model: EXCEPTIONS,
  types: [...VERSION_EVENTS, 'ExceptionAcknowledged'],
  keys: (event) => {
    const { orgId } = event.metadata;
    if (event.type === 'ExceptionAcknowledged')
      return [factsKey(orgId, parseExceptionId(event.data.exceptionId).customerKey)];
    const version = approvedVersion(event);
    const customerId = version && customerOf(version, version.subject.id);
    return customerId ? [factsKey(orgId, identifierKey(customerId))] : [];
  },
  evolve: (document, event) => {
    if (document?.type === 'standing') return document;
    if (event.type === 'ExceptionAcknowledged') {
      if (!document) return null;
      const { exceptionId, note, acknowledgedBy: by } = event.data;
      const acknowledgement = { exceptionId, by, note, at: event.recordedAt };
      return { ...document, acknowledgements: [...document.acknowledgements, acknowledgement] };
    }
    const version = approvedVersion(event);
    const customer = version && evolveCustomer(document?.customer ?? null, version, event);
    if (!customer) return document;
    return {
      type: 'facts',
      orgId: event.metadata.orgId,
      customer,
      acknowledgements: document?.acknowledgements ?? [],
      standings: standings(customer, event.recordedAt, document?.standings ?? []),
    };
  },
  derive: (before, after, event) => {
    if (after?.type !== 'facts') return [];
    const earlier = before?.type === 'facts' ? before.standings : [];
    if (earlier === after.standings) return [];
    const kept = new Set(after.standings);
    const known = new Set(earlier);
    const derived: Derived<Doc>[] = [];
    for (const standing of earlier) if (!kept.has(standing)) derived.push(closed(standing, event.recordedAt));
    for (const standing of after.standings)
      if (!known.has(standing)) derived.push({ key: standingKey(standing), document: standing });
    return derived;
  },
};

/** The standings now known; those that say what was said before stay the same objects. */
const standings = (
  customer: CustomerDocument,
  knownFrom: Instant,
  earlier: readonly StandingDocument[],
): readonly StandingDocument[] => {
  const byStart = new Map(earlier.map((standing) => [standing.from, standing]));
  return standingsOf(factsOf(customer)).map((period) => {
    const standing = standingDocument(customer, period, knownFrom);
    const same = byStart.get(standing.from);
    return same && says(same) === says(standing) ? same : standing;
  });
};

const standingDocument = (
  { orgId, key, customerId, name }: CustomerDocument,
  { standing, from, to }: StandingPeriod,
  knownFrom: Instant,
): StandingDocument => ({
  type: 'standing',
  orgId,
  customerKey: key,
  customerId,
  name,
  kind: standing.exception ?? 'NONE',
  tier: bindingTierKey(standing),
  mappedTier: standing.mapping ? identifierKey(standing.mapping.tier) : null,
  from,
  to,
  knownFrom,
  knownTo: null,
  current: true,
});

/** Everything a standing says, its time of knowledge aside. */
const says = ({ kind, tier, mappedTier, to, name }: StandingDocument): string =>
  JSON.stringify([kind, tier, mappedTier, to, name]);

/** Known no longer. One that was known for no time at all goes, as if it had never been. */
const closed = (standing: StandingDocument, knownTo: Instant): Derived<Doc> => ({
  key: standingKey(standing),
  document: standing.knownFrom === knownTo ? null : { ...standing, knownTo, current: false },
});
