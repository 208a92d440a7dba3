import { invalid } from '../../domain/shared/domain-error.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { EventStore } from '../ports/event-store.js';
import { Freshness } from '../ports/freshness.js';
import type { PublicHolidays } from '../ports/public-holidays.js';
import type { ReadStore } from '../ports/read-store.js';
import type { ReplayedState, StateReplay } from '../ports/state-replay.js';
import { CoverageReader } from '../queries/coverage-reader.js';
import { MatrixQuery } from '../queries/matrix-query.js';
import { MatrixReader } from '../queries/matrix-reader.js';
import type { PointsInTime } from '../queries/points-in-time.js';
import type { AuditReplay as AuditReplayView, Matrix } from '../queries/views.js';
import { positionText } from '../read-models/document-key.js';
import { differencesOf } from './differences.js';
import { stateHash } from './state-hash.js';

export interface AuditReplayParts {
  readonly events: EventStore;
  readonly reads: ReadStore;
  readonly freshness: Freshness;
  readonly states: StateReplay;
  readonly times: PointsInTime;
  readonly holidays: PublicHolidays;
}

/** A point in the past, on the axis of what was known; neither: the present. */
export interface ReplayPoint {
  readonly at?: Instant | LocalDate;
  readonly position?: bigint;
}

/** Rebuilds what was known at a point from the log alone, and says whether what is served now is what the log says. */
export class AuditReplay {
  /** One at a time: each reads the whole log. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AuditReplayParts) {}

  /**
   * Differences are looked for when the present is asked for; what was served in the past is not kept.
   *
   * @throws DomainError INVALID_INPUT; EventStoreError, ReadStoreError, NotFreshError
   */
  replay(orgId: string, point: ReplayPoint): Promise<AuditReplayView> {
    const next = this.turn.then(
      () => this.run(orgId, point),
      () => this.run(orgId, point),
    );
    this.turn = next;
    return next;
  }

  private async run(orgId: string, { at, position }: ReplayPoint): Promise<AuditReplayView> {
    const { events, reads, freshness, states, times } = this.parts;
    if (at !== undefined && position !== undefined)
      throw invalid(['position'], 'Give a time or a position, not both.');
    const head = await events.head();
    if (position !== undefined && position > head)
      throw invalid(
        ['position'],
        'The log has not reached this position yet. Pass one on as an answer gave it.',
      );
    const { knownAt, known } = await times.settle(orgId, undefined, at);
    const isPresent = position === undefined && known === undefined;
    const state = await states.begin(orgId);
    try {
      await state.upTo(position ?? head, known);
      const when = position === undefined ? knownAt : (state.recordedAt ?? knownAt);
      const answer = {
        position: positionText(state.position),
        events: state.events,
        matrix: await this.matrix(orgId, state, when),
        stateHash: await stateHash(state, orgId),
      };
      if (!isPresent) return { ...answer, differences: [] };
      await freshness.atLeast(head);
      return {
        ...answer,
        differences: await differencesOf({ served: reads, freshness, replayed: state }, orgId),
      };
    } finally {
      await state.close();
    }
  }

  private matrix(orgId: string, state: ReplayedState, at: Instant): Promise<Matrix> {
    const { times, holidays } = this.parts;
    const freshness = new FreshAt(state.position);
    const reader = new MatrixReader(state.reads, freshness);
    const query = new MatrixQuery(reader, new CoverageReader(reader, holidays), times, freshness);
    return query.matrix(orgId, { at, knownAt: at });
  }
}

/** What is replayed stands still. */
class FreshAt extends Freshness {
  constructor(private readonly at: bigint) {
    super();
  }

  override atLeast(): Promise<void> {
    return Promise.resolve();
  }

  override position(): Promise<bigint> {
    return Promise.resolve(this.at);
  }
}
