import { setImmediate } from 'node:timers/promises';
import { earliest, epochOf, instantOf, type Instant } from '../../domain/shared/instant.js';
import { parseExceptionId } from '../../domain/binding/exception.js';
import type { Find, Found, IndexPlace, ReadStore } from '../ports/read-store.js';
import { gapsOf, type ExceptionReader, type Situation } from '../queries/exception-reader.js';
import { tiersRelied } from '../queries/exception-streams.js';
import type { ExceptionViews } from '../queries/exception-views.js';
import type { MatrixReader, OrganizationMatrix } from '../queries/matrix-reader.js';
import type { SlaException } from '../queries/views.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import {
  EXCEPTIONS,
  type FactsDocument,
  type StandingDocument,
} from '../read-models/exceptions.read-model.js';
import { customerAsOf, matrixAsOf } from './as-of-position.js';

/** A stretch of the log: after one position, up to another; fixed-width texts. */
export interface Written {
  readonly after: string;
  readonly upTo: string;
}

/** A stretch of time: after one instant, up to another. */
export interface Passed {
  readonly after: Instant;
  readonly upTo: Instant;
}

interface Side {
  readonly customer: CustomerDocument | null;
  readonly situation: Situation;
}

const CHUNK = 100;

/** What opens, is waived or ends: by what was written, and by time alone. Nothing is remembered; both sides are asked. */
export class ExceptionTurns {
  private readonly reader: ExceptionReader;
  private readonly views: ExceptionViews;

  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
    /** Who reads the exceptions of one customer, and how they are shown. */
    { reader, views }: { readonly reader: ExceptionReader; readonly views: ExceptionViews },
  ) {
    this.reader = reader;
    this.views = views;
  }

  /** By what was written about a customer, as things stand at `at`. */
  async ofCustomer(
    orgId: string,
    customerKey: string,
    { after, upTo }: Written,
    at: Instant,
  ): Promise<readonly SlaException[]> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, customerKey));
    if (!customer) return [];
    const situation = await this.situation(orgId, at);
    const side = (position: string): Side => ({ customer: customerAsOf(customer, position), situation });
    return this.between(side(after), side(upTo));
  }

  /** By what was written about tiers. */
  async *ofTiers(orgId: string, { after, upTo }: Written, at: Instant): AsyncGenerator<SlaException> {
    const matrix = await this.matrix.matrixOf(orgId);
    const before = await this.situation(orgId, at, matrixAsOf(matrix, after));
    const now = await this.situation(orgId, at, matrixAsOf(matrix, upTo));
    yield* this.ofFaults(before, now);
  }

  /**
   * By time alone, as the log had the facts at a position: first those of customers, then those of tiers, in order of time.
   */
  async *ofTime(orgId: string, position: string, { after, upTo }: Passed): AsyncGenerator<SlaException> {
    const matrix = matrixAsOf(await this.matrix.matrixOf(orgId), position);
    const starting = { index: 'byStart', equals: [orgId, true], range: { gt: after, lte: upTo } };
    for await (const { customerKey, from } of this.standings(starting)) {
      const served = await this.store.get(CUSTOMERS, documentKey(orgId, customerKey));
      const customer = served && customerAsOf(served, position);
      const [before, now] = await this.around(orgId, from, matrix);
      yield* await this.between({ customer, situation: before }, { customer, situation: now });
    }
    for (const turn of turnsOf(matrix.tiers).filter((instant) => after < instant && instant <= upTo))
      yield* this.ofFaults(...(await this.around(orgId, turn, matrix)));
  }

  /** The exception as somebody has acknowledged it; null: it is not there any longer. */
  async acknowledged(orgId: string, id: string, at: Instant): Promise<SlaException | null> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, parseExceptionId(id).customerKey));
    const found = customer ? await this.reader.of(customer, await this.situation(orgId, at)) : [];
    return found.find((exception) => exception.id === id) ?? null;
  }

  /** The first instant after `at` at which time alone may change something; null: none is known. */
  async next(orgId: string, at: Instant): Promise<Instant | null> {
    const where = { index: 'byStart', equals: [orgId, true], range: { gt: at }, limit: 1 };
    const [standing] = await this.store.find(EXCEPTIONS, where);
    const { tiers } = await this.matrix.matrixOf(orgId);
    const turn = turnsOf(tiers).find((instant) => instant > at) ?? null;
    return earliest(standing?.document.type === 'standing' ? standing.document.from : null, turn);
  }

  private situation(orgId: string, at: Instant, matrix?: OrganizationMatrix): Promise<Situation> {
    return this.reader.situation(orgId, { at, knownAt: at, notes: [] }, matrix);
  }

  private around(
    orgId: string,
    instant: Instant,
    matrix: OrganizationMatrix,
  ): Promise<readonly [Situation, Situation]> {
    const before = instantOf(epochOf(instant) - 1);
    return Promise.all([this.situation(orgId, before, matrix), this.situation(orgId, instant, matrix)]);
  }

  private async between(before: Side, now: Side): Promise<readonly SlaException[]> {
    const earlier = before.customer ? await this.reader.of(before.customer, before.situation) : [];
    const later = now.customer ? await this.reader.of(now.customer, now.situation) : [];
    const told = (exceptions: readonly SlaException[]) =>
      new Map(exceptions.map((exception) => [exception.id, exception.status === 'WAIVED']));
    const [were, are] = [told(earlier), told(later)];
    const ended = earlier.filter(({ id }) => !are.has(id)).map((exception) => this.ended(exception, now));
    return [
      ...(await Promise.all(ended)),
      ...later.filter(({ id, status }) => were.get(id) !== (status === 'WAIVED')),
    ];
  }

  private async ended(exception: SlaException, { customer, situation }: Side): Promise<SlaException> {
    const { matrix, point } = situation;
    const entries = customer ? await this.views.entries(customer, exception.kind, matrix, point.known) : [];
    const entry = entries.find(({ since }) => since === exception.since);
    return { ...exception, status: 'RESOLVED', until: entry?.until ?? point.at };
  }

  /** Everybody who relies on a tier that has begun or ceased to fail. */
  private async *ofFaults(before: Situation, now: Situation): AsyncGenerator<SlaException> {
    const { orgId, point } = now;
    for (const tier of await tiersRelied(this.store, orgId, true)) {
      if (faultOf(tier, before) === faultOf(tier, now)) continue;
      const where = { index: 'byTier', equals: [orgId, true, tier], range: { lte: point.at } };
      for await (const { customerKey, to } of this.standings(where)) {
        if (to !== null && to <= point.at) continue;
        const customer = await this.store.get(CUSTOMERS, documentKey(orgId, customerKey));
        yield* await this.between({ customer, situation: before }, { customer, situation: now });
      }
    }
  }

  /** Lets go of the process after each chunk: thousands may turn at one midnight. */
  private async *standings(
    where: Pick<Find, 'index' | 'equals' | 'range'>,
  ): AsyncGenerator<StandingDocument> {
    for (let after: IndexPlace | undefined; ;) {
      const found: readonly Found<StandingDocument | FactsDocument>[] = await this.store.find(EXCEPTIONS, {
        ...where,
        limit: CHUNK,
        ...(after && { after }),
      });
      for (const { key, document } of found) {
        if (document.type !== 'standing') continue;
        after = { values: [document.from], key };
        yield document;
      }
      if (found.length < CHUNK) return;
      await setImmediate();
    }
  }
}

const faultOf = (tier: string, { tiers }: Situation): string | null => {
  const inForce = tiers.get(tier);
  if (!inForce) return 'UNKNOWN_TIER';
  return gapsOf(inForce, tiers).length > 0 ? 'INCOMPLETE_TERMS' : null;
};

/** Every instant at which a tier begins or ends, in order. */
const turnsOf = (tiers: OrganizationMatrix['tiers']): readonly Instant[] => {
  const turns = new Set<Instant>();
  for (const { timeline } of tiers.values())
    for (const { effectiveFrom, effectiveUntil } of timeline.marks) {
      turns.add(effectiveFrom);
      if (effectiveUntil !== undefined) turns.add(effectiveUntil);
    }
  return [...turns].sort();
};
