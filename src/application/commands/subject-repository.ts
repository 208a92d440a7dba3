import { evolveSubject } from '../../domain/change/subject.evolve.js';
import { INITIAL_SUBJECT, type SubjectState } from '../../domain/change/subject.state.js';
import type { EventStore } from '../ports/event-store.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { Idempotency } from './idempotency.js';
import { StreamRepository } from './stream-repository.js';

/** Streams of what changes are about. */
export class SubjectRepository extends StreamRepository<SubjectState> {
  constructor(events: EventStore, ids: IdGenerator, idempotency: Idempotency) {
    super(events, ids, idempotency, { initial: INITIAL_SUBJECT, evolve: evolveSubject });
  }
}
