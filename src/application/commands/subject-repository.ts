import type { ApprovalPolicyContent } from '../../domain/change/content.js';
import { INITIAL_POLICY } from '../../domain/change/policy.js';
import { evolveSubject } from '../../domain/change/subject.evolve.js';
import { INITIAL_SUBJECT, type SubjectState } from '../../domain/change/subject.state.js';
import { streamOf } from '../../domain/shared/streams.js';
import type { EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { Idempotency } from './idempotency.js';
import { StreamRepository } from './stream-repository.js';

/** Streams of what changes are about. */
export class SubjectRepository extends StreamRepository<SubjectState> {
  constructor(events: EventStore, ids: IdGenerator, idempotency: Idempotency) {
    super(events, ids, idempotency, { initial: INITIAL_SUBJECT, evolve: evolveSubject });
  }

  /** The approval policy of an organization as the log has it now. Rejects with EventStoreError. */
  async policy(orgId: string): Promise<ApprovalPolicyContent> {
    const { latest } = await this.load(streamOf(orgId, { kind: 'APPROVAL_POLICY', id: 'policy' }));
    return latest && 'defaultApprovals' in latest.content ? latest.content : INITIAL_POLICY;
  }
}
