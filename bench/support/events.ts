import { randomUUID } from 'node:crypto';
import type { Append } from '../../src/application/ports/event-store.js';
import type { ChangeContent, ChangeKind, Subject } from '../../src/domain/change/content.js';
import type { EventMetadata } from '../../src/domain/shared/recorded.js';
import { streamOf } from '../../src/domain/shared/streams.js';

export const ORG = 'bench';

const IMPORT = randomUUID();
const metadata: EventMetadata = {
  orgId: ORG,
  actor: 'mia@bench.example',
  roles: ['member'],
  commandId: IMPORT,
  $correlationId: IMPORT,
  $causationId: null,
  schemaVersion: 1,
  via: 'worker',
};

/** Of a command that a person gave by itself. */
export const commandMetadata = (): EventMetadata => ({
  ...metadata,
  commandId: randomUUID(),
  $correlationId: randomUUID(),
  via: 'graphql',
});

export interface NewVersion {
  readonly subject: Subject;
  readonly kind: ChangeKind;
  readonly content: ChangeContent;
  readonly number?: number;
  readonly effectiveFrom?: string;
}

/** A version in force, as an approved import leaves it in the log. */
export const versionAppend = ({
  subject,
  kind,
  content,
  number = 1,
  effectiveFrom = '2026-01-01T00:00:00.000Z',
}: NewVersion): Append => ({
  stream: streamOf(ORG, subject),
  expected: number === 1 ? 'NO_STREAM' : 'ANY',
  events: [
    {
      id: randomUUID(),
      type: 'ImportRowApplied',
      data: {
        changeId: IMPORT,
        importId: IMPORT,
        record: 1,
        version: {
          number,
          kind,
          subject,
          content,
          effectiveFrom,
          proposedBy: 'mia@bench.example',
          approvedBy: ['ada@bench.example'],
          backdated: false,
          selfApproved: false,
          timeZone: 'Europe/Berlin',
        },
      },
      metadata,
    },
  ],
});

/** A tier with four priorities, as matrices have them. */
export const tierVersion = (key: string, rank: number, number = 1, effectiveFrom?: string): Append =>
  versionAppend({
    subject: { kind: 'TIER', id: key },
    kind: 'TIER_TERMS',
    number,
    ...(effectiveFrom && { effectiveFrom }),
    content: {
      key,
      name: key,
      rank,
      terms: {
        commitments: ['P1', 'P2', 'P3', 'P4'].map((priority, at) => ({
          priority,
          firstResponse: `${15 * (at + 1)}m`,
          nextUpdate: `${at + 1}h`,
          resolution: `${4 * (at + 1)}h`,
          coverage: 'business-hours',
        })),
        channels: [{ channel: 'email' }, { channel: 'phone', priorities: ['P1', 'P2'] }],
        uptimePercent: 99.9,
        features: ['named engineer', 'quarterly review'],
      },
    },
  });

export const mappingVersion = (
  customerId: string,
  toTier: string,
  number = 1,
  effectiveFrom?: string,
): Append =>
  versionAppend({
    subject: { kind: 'CUSTOMER', id: customerId },
    kind: 'REMAP',
    number,
    ...(effectiveFrom && { effectiveFrom }),
    content: { customerId, customerName: `Customer ${customerId}`, toTier },
  });

export const contractVersion = (customerId: string, tier: string): Append => {
  const contractId = `CTR-${customerId}`;
  return versionAppend({
    subject: { kind: 'CONTRACT', id: contractId },
    kind: 'CONTRACT',
    content: {
      contractId,
      customerId,
      tier,
      startsOn: '2026-01-01',
      endsOn: '2036-12-31',
      annualValue: '30000',
      currency: 'USD',
      seats: 40,
    },
  });
};
