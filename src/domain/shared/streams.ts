import type { Subject } from '../change/content.js';
import { identifierKey } from './identifier.js';

const CATEGORY = {
  TIER: 'tier',
  COVERAGE: 'coverage',
  CONTRACT: 'contract',
  CUSTOMER: 'customer',
  APPROVAL_POLICY: 'policy',
  IMPORT: 'import',
} as const;

/**
 * The stream of a subject: its consistency boundary. Identifiers that are one share a stream. Percent-encoded, because
 * a log's error trailers are ASCII; an organization's id holds no dot, so the first dot ends it.
 */
export const streamOf = (orgId: string, subject: Subject): string =>
  subject.kind === 'APPROVAL_POLICY'
    ? `policy-${orgId}`
    : `${CATEGORY[subject.kind]}-${orgId}.${encodeURIComponent(identifierKey(subject.id))}`;

export const organizationStream = (orgId: string): string => `org-${orgId}`;

/** What was tried in vain, by anybody of the organization. */
export const refusalStream = (orgId: string): string => `refusals-${orgId}`;

/** @param claim hex digest of caller and idempotency key */
export const commandStream = (orgId: string, claim: string): string => `command-${orgId}.${claim}`;

/** A webhook's life, as people and the receiver's answers shape it. */
export const webhookStream = (orgId: string, webhookId: string): string => `webhook-${orgId}.${webhookId}`;

/** How far a webhook has got: apart from its life, because only the last event of it counts and there are many. */
export const deliveryStream = (orgId: string, webhookId: string): string => `delivery-${orgId}.${webhookId}`;
