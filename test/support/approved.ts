import type { ApprovedVersion } from '../../src/domain/change/change.events.js';
import type { ChangeContent, ChangeKind, Subject } from '../../src/domain/change/content.js';
import type { RecordedEvent } from '../../src/domain/events.js';
import { recorded } from './given-subject.js';

/** Hands out approved versions as the log would hold them: positions and instants of recording in order. */
export class ApprovedLog {
  readonly events: RecordedEvent[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly orgId = 'acme') {}

  /** @param at recorded, and effective unless `changes` says otherwise */
  approve(
    kind: ChangeKind,
    subject: Subject,
    content: ChangeContent,
    at: string,
    changes: Partial<ApprovedVersion> = {},
  ): this {
    const stream = `${subject.kind} ${subject.id.toLowerCase()}`;
    const number = (this.numbers.get(stream) ?? 0) + 1;
    this.numbers.set(stream, number);
    const position = BigInt(this.events.length + 1);
    const version: ApprovedVersion = {
      number,
      kind,
      subject,
      content,
      effectiveFrom: at,
      proposedBy: 'mia',
      approvedBy: ['ada'],
      backdated: false,
      selfApproved: false,
      timeZone: 'UTC',
      ...changes,
    };
    const data = { changeId: `c${position}`, revision: 1, approver: 'ada', version };
    this.events.push(
      recorded({ type: 'ChangeApproved', data }, { actor: 'ada', at, orgId: this.orgId, position }),
    );
    return this;
  }

  remap(customerId: string, toTier: string, at: string, changes: Partial<ApprovedVersion> = {}): this {
    return this.approve('REMAP', { kind: 'CUSTOMER', id: customerId }, { customerId, toTier }, at, changes);
  }

  contract(
    contractId: string,
    customerId: string,
    tier: string,
    dates: { readonly startsOn: string; readonly endsOn?: string; readonly primary?: boolean },
    at: string,
    changes: Partial<ApprovedVersion> = {},
  ): this {
    const content = { contractId, customerId, tier, ...dates };
    return this.approve('CONTRACT', { kind: 'CONTRACT', id: contractId }, content, at, changes);
  }
}
