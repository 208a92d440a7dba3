import { setImmediate } from 'node:timers/promises';
import { earliest, epochOf, instantOf, type Instant } from '../../domain/shared/instant.js';
import { parseExceptionId } from '../../domain/binding/exception.js';
import { faultsOf, type TierFault } from '../../domain/binding/tier-faults.js';
import type { Find, Found, IndexPlace, ReadStore } from '../ports/read-store.js';
import type { ExceptionReader, Situation } from '../queries/exception-reader.js';
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
import { faultAt, faultsBy, turnsOf } from './tier-turns.js';

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

  /** What all customers share at an instant, as the log had it at a position. */
  async situationAt(orgId: string, at: Instant, position: string): Promise<Situation> {
    return this.situation(orgId, at, matrixAsOf(await this.matrix.matrixOf(orgId), position));
  }

  /** By what was written about a customer. */
  async ofCustomer(
    customerKey: string,
    { after, upTo }: Written,
    situation: Situation,
  ): Promise<readonly SlaException[]> {
    const customer = await this.store.get(CUSTOMERS, documentKey(situation.orgId, customerKey));
    if (!customer) return [];
    const side = (position: string): Side => ({ customer: customerAsOf(customer, position), situation });
    return this.between(side(after), side(upTo));
  }

  /** By what was written about tiers, to customers as they are known now. */
  async *ofTiers(orgId: string, { after, upTo }: Written, at: Instant): AsyncGenerator<SlaException> {
    const before = await this.situationAt(orgId, at, after);
    yield* this.ofFaults(before, await this.situationAt(orgId, at, upTo), upTo, faultsBy);
  }

  /** By time alone, in order of time, as the log had the facts at a position. */
  async *ofTime(orgId: string, position: string, { after, upTo }: Passed): AsyncGenerator<SlaException> {
    const matrix = matrixAsOf(await this.matrix.matrixOf(orgId), position);
    const turns = turnsOf(matrix.tiers).filter((instant) => after < instant && instant <= upTo);
    const starting = { index: 'byStart', equals: [orgId, true], range: { gt: after, lte: upTo } };
    // Of the tiers that turned last; whoever's own facts turn at the same instant has been told already.
    let turned = { at: after, told: new Set<string>() };
    for await (const { customerKey, from } of this.standings(starting)) {
      while (turns[0] !== undefined && turns[0] <= from) {
        turned = { at: turns[0], told: new Set() };
        yield* this.ofTurn(orgId, turns.shift()!, position, matrix, turned.told);
      }
      if (turned.at === from && turned.told.has(customerKey)) continue;
      const customer = await this.customer(orgId, customerKey, position);
      const [before, now] = await this.around(orgId, from, matrix);
      yield* await this.between({ customer, situation: before }, { customer, situation: now });
    }
    for (const turn of turns) yield* this.ofTurn(orgId, turn, position, matrix, new Set());
  }

  private async *ofTurn(
    orgId: string,
    instant: Instant,
    position: string,
    matrix: OrganizationMatrix,
    told: Set<string>,
  ): AsyncGenerator<SlaException> {
    const [before, now] = await this.around(orgId, instant, matrix);
    yield* this.ofFaults(before, now, position, faultAt, told);
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
    const turns = [...tiers.values()].map(({ timeline }) => timeline.turnAfter(at));
    return earliest(standing?.document.type === 'standing' ? standing.document.from : null, ...turns);
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

  private async customer(orgId: string, key: string, position: string): Promise<CustomerDocument | null> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, key));
    return customer && customerAsOf(customer, position);
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

  /** Everybody who relies on a tier of whose faults something else is to be said than before. */
  private async *ofFaults(
    before: Situation,
    now: Situation,
    position: string,
    say: (faults: readonly TierFault[], at: Instant) => unknown,
    told = new Set<string>(),
  ): AsyncGenerator<SlaException> {
    const { orgId, point } = now;
    const said = async ({ matrix, point: { at } }: Situation) => {
      const faults = await this.views.faultsOf(orgId, 'UNKNOWN_TIER', matrix, undefined);
      return (tier: string) => JSON.stringify(say(faultsOf(faults, tier), at));
    };
    const [earlier, later] = await Promise.all([said(before), said(now)]);
    for (const tier of await tiersRelied(this.store, orgId, true)) {
      if (earlier(tier) === later(tier)) continue;
      const where = { index: 'byTier', equals: [orgId, true, tier], range: { lte: point.at } };
      for await (const { customerKey, to } of this.standings(where)) {
        if (to !== null && to <= point.at) continue;
        told.add(customerKey);
        const customer = await this.customer(orgId, customerKey, position);
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
