import { invalid } from '../../domain/shared/domain-error.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { KeptAnswer, LookupQuery, LookupRequest } from './lookup-query.js';
import type { LookupResult } from './views.js';

/** A lookup as callers ask it: what they leave out may be null. */
export interface LookupAsked {
  readonly customerId?: string | null;
  readonly contractId?: string | null;
  readonly ticketId?: string | null;
  readonly priority?: string | null;
  readonly channel?: string | null;
  readonly at?: Instant | LocalDate | null;
  readonly knownAt?: Instant | LocalDate | null;
}

/** Told of every lookup answered: the type of the answer, and the seconds it took to find it; without, it was kept. */
export type OnLookup = (type: LookupResult['type'], seconds?: number) => void;

/** The door to the lookup that GraphQL, REST and the command line share. */
export class Lookups {
  constructor(
    private readonly query: LookupQuery,
    private readonly onLookup: OnLookup,
  ) {}

  /** An answer about the present that was given before and still holds, at once; null: ask {@link lookup}. */
  kept(orgId: string, asked: LookupAsked): KeptAnswer | null {
    const { customerId, contractId, ticketId, at, knownAt } = asked;
    if ((customerId == null) === (contractId == null) || ticketId != null || at != null || knownAt != null)
      return null;
    const kept = this.query.kept(orgId, asked);
    if (kept) this.onLookup(kept.answer.type);
    return kept;
  }

  /** @throws DomainError INVALID_INPUT */
  async lookup(orgId: string, asked: LookupAsked): Promise<LookupResult> {
    const { customerId, contractId, ticketId } = asked;
    if (Number(customerId != null) + Number(contractId != null) + Number(ticketId != null) !== 1)
      throw invalid(['customerId'], 'Ask for exactly one of customerId, contractId and ticketId.');
    // Nobody writes tickets yet, so there is none of any ID.
    if (ticketId !== undefined && ticketId !== null)
      return { type: 'UnknownCustomer', id: ticketId, nearest: [] };
    const kept = this.kept(orgId, asked);
    if (kept) return { ...kept.answer, at: kept.now, knownAt: kept.now };
    const started = performance.now();
    const result = await this.query.lookup(orgId, withoutNulls(asked));
    this.onLookup(result.type, (performance.now() - started) / 1000);
    return result;
  }
}

const withoutNulls = ({
  customerId,
  contractId,
  priority,
  channel,
  at,
  knownAt,
}: LookupAsked): LookupRequest => ({
  customerId: customerId ?? undefined,
  contractId: contractId ?? undefined,
  priority: priority ?? undefined,
  channel: channel ?? undefined,
  at: at ?? undefined,
  knownAt: knownAt ?? undefined,
});
