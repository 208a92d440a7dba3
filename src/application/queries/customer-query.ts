import { identifierKey } from '../../domain/shared/identifier.js';
import type { Instant, LocalDate } from '../../domain/shared/instant.js';
import type { Find, IndexPlace, ReadStore } from '../ports/read-store.js';
import { factsOf, wasKnown } from '../read-models/customer-facts.js';
import { CUSTOMERS, type CustomerDocument } from '../read-models/customers.read-model.js';
import { documentKey } from '../read-models/document-key.js';
import { EXCEPTIONS } from '../read-models/exceptions.read-model.js';
import type { ExceptionQuery } from './exception-query.js';
import type { MatrixReader } from './matrix-reader.js';
import { connection, placeAfter, type Connection, type PageRequest } from './page.js';
import type { PointInTime, PointsInTime } from './points-in-time.js';
import { versionView } from './version-view.js';
import type { Contract, Customer } from './views.js';

export interface CustomerFilter {
  /** Mapped to this tier now. */
  readonly tier?: string;
  /** Beginning of an id or of a name. */
  readonly search?: string;
  readonly withException?: boolean;
}

interface Placed {
  readonly customer: CustomerDocument;
  readonly place: IndexPlace;
}

const CHUNK = 200;
/** Sorts behind every character a key can hold. */
const LAST = '\u{10ffff}';

/** Customers with what they are mapped to, their contracts and their exceptions. */
export class CustomerQuery {
  constructor(
    private readonly store: ReadStore,
    private readonly matrix: MatrixReader,
    private readonly exceptions: ExceptionQuery,
    private readonly times: PointsInTime,
  ) {}

  /** Null when nothing was known of such a customer. */
  async customer(
    orgId: string,
    id: string,
    axes: { readonly at?: Instant | LocalDate; readonly knownAt?: Instant | LocalDate } = {},
  ): Promise<Customer | null> {
    const customer = await this.store.get(CUSTOMERS, documentKey(orgId, identifierKey(id)));
    const point = await this.times.settle(orgId, axes.at, axes.knownAt);
    const known = customer && wasKnown(customer, point.known);
    return known ? this.view(customer, point) : null;
  }

  /** In the order of ids; found by tier, the most recently mapped first. */
  async customers(
    orgId: string,
    filter: CustomerFilter,
    request: PageRequest,
  ): Promise<Connection<Customer>> {
    const point = await this.times.settle(orgId, undefined, undefined);
    const scope = { orgId, list: `customers ${JSON.stringify(filter)}` };
    const start = placeAfter(request, scope);
    const found: Placed[] = [];
    for await (const placed of this.source(orgId, filter, point, start)) {
      if (!(await this.matches(placed.customer, filter, point))) continue;
      found.push(placed);
      if (found.length > request.first) break;
    }
    const page = found.slice(0, request.first);
    return connection({
      scope,
      nodes: await Promise.all(page.map(({ customer }) => this.view(customer, point))),
      places: page.map(({ place }) => place),
      hasNext: found.length > request.first,
      hasPrevious: start !== undefined,
      totalCount: () => this.count(orgId, filter, point),
    });
  }

  async view(customer: CustomerDocument, point: PointInTime): Promise<Customer> {
    const exceptions = await this.exceptions.ofCustomer(customer, point);
    const contracts = await Promise.all(
      customer.contracts.map(({ key }) => this.contract(customer, key, point)),
    );
    return {
      id: customer.customerId,
      name: customer.name,
      mappedTier: factsOf(customer).mappings.at(point.at, point.known)?.tier ?? null,
      contracts: contracts.filter((contract) => contract !== null),
      exceptions,
    };
  }

  private async contract(
    customer: CustomerDocument,
    key: string,
    { at, known }: PointInTime,
  ): Promise<Contract | null> {
    const { contractId, versions } = factsOf(customer).contracts.find((candidate) => candidate.key === key)!;
    const mark = versions.at(at, known);
    if (!mark) return null;
    const document = await this.matrix.version(customer.orgId, 'CONTRACT', key, mark);
    const { content } = document.version;
    if (!('contractId' in content)) return null;
    return {
      id: contractId,
      customerId: customer.customerId,
      tier: mark.tier,
      startsOn: mark.startsOn,
      endsOn: mark.endsOn ?? null,
      overrides: content.overrides ?? null,
      annualValue: content.annualValue ?? null,
      currency: content.currency ?? null,
      creditsEnabled: content.creditsEnabled ?? false,
      csmEmail: content.csmEmail ?? null,
      version: versionView(document, versions, mark, known),
    };
  }

  private async matches(
    customer: CustomerDocument,
    { tier, search, withException }: CustomerFilter,
    point: PointInTime,
  ): Promise<boolean> {
    const mapped = factsOf(customer).mappings.at(point.at)?.tier;
    if (tier !== undefined && (mapped === undefined || identifierKey(mapped) !== identifierKey(tier)))
      return false;
    const text = identifierKey(search ?? '');
    if (!customer.key.startsWith(text) && !customer.nameKey.startsWith(text)) return false;
    if (withException === undefined) return true;
    return (await this.exceptions.ofCustomer(customer, point)).length > 0 === withException;
  }

  /** The index that leaves the least to look through. */
  private async *source(
    orgId: string,
    { tier, search }: CustomerFilter,
    point: PointInTime,
    start?: IndexPlace,
  ): AsyncGenerator<Placed> {
    const text = identifierKey(search ?? '');
    const range = { gte: text, lt: text + LAST };
    if (text !== '') {
      if (start === undefined || start.values[0] === 'id')
        yield* this.byIndex({ index: 'byKey', equals: [orgId], range }, ['id'], start);
      const later = start?.values[0] === 'name' ? start : undefined;
      for await (const placed of this.byIndex({ index: 'byName', equals: [orgId], range }, ['name'], later))
        if (!placed.customer.key.startsWith(text)) yield placed;
    } else if (tier !== undefined) yield* this.byMapping(orgId, identifierKey(tier), point, start);
    else yield* this.byIndex({ index: 'byKey', equals: [orgId] }, [], start);
  }

  /** `tag` marks the places of this index, so that a cursor finds back to it. */
  private async *byIndex(
    where: Pick<Find, 'index' | 'equals' | 'range'>,
    tag: readonly string[],
    start?: IndexPlace,
  ): AsyncGenerator<Placed> {
    let after = start && { values: start.values.slice(tag.length), key: start.key };
    for (;;) {
      const found = await this.store.find(CUSTOMERS, { ...where, limit: CHUNK, ...(after && { after }) });
      for (const { key, document } of found) {
        const value = where.index === 'byName' ? document.nameKey : document.key;
        after = { values: [value], key };
        yield { customer: document, place: { values: [...tag, value], key } };
      }
      if (found.length < CHUNK) return;
    }
  }

  private async *byMapping(
    orgId: string,
    tier: string,
    { at }: PointInTime,
    start?: IndexPlace,
  ): AsyncGenerator<Placed> {
    let after = start;
    for (;;) {
      const found = await this.store.find(EXCEPTIONS, {
        index: 'byMapping',
        equals: [orgId, true, tier],
        range: { lte: at },
        order: 'desc',
        limit: CHUNK,
        ...(after && { after }),
      });
      for (const { key, document: standing } of found) {
        if (standing.type !== 'standing') continue;
        after = { values: [standing.from], key };
        if (standing.to !== null && standing.to <= at) continue;
        const customer = await this.store.get(CUSTOMERS, documentKey(orgId, standing.customerKey));
        if (customer) yield { customer, place: after };
      }
      if (found.length < CHUNK) return;
    }
  }

  private async count(orgId: string, filter: CustomerFilter, point: PointInTime): Promise<number> {
    const { withException } = filter;
    const search = identifierKey(filter.search ?? '');
    const tier = filter.tier === undefined ? undefined : identifierKey(filter.tier);
    if (search === '') {
      const exceptional =
        withException === undefined ? 0 : await this.exceptions.countCustomers(orgId, point, tier);
      if (withException) return exceptional;
      const all = tier === undefined ? this.countBeginning(orgId, '') : this.countMapped(orgId, tier, point);
      return (await all) - exceptional;
    }
    if (tier === undefined && withException === undefined) return this.countBeginning(orgId, search);
    let count = 0;
    for await (const { customer } of this.source(orgId, filter, point))
      if (await this.matches(customer, filter, point)) count++;
    return count;
  }

  /** A customer's standings follow one another without gaps: of those that have begun, all but the ended are in force. */
  private async countMapped(orgId: string, tier: string, { at }: PointInTime): Promise<number> {
    const where = { equals: [orgId, true, tier], range: { lte: at } };
    const [begun, ended] = await Promise.all([
      this.store.count(EXCEPTIONS, { index: 'byMapping', ...where }),
      this.store.count(EXCEPTIONS, { index: 'byMappingEnd', ...where }),
    ]);
    return begun - ended;
  }

  /** Both indexes count by themselves; what is in both is looked for in the shorter. */
  private async countBeginning(orgId: string, text: string): Promise<number> {
    if (text === '') return this.store.count(CUSTOMERS, { index: 'byKey', equals: [orgId] });
    const where = { equals: [orgId], range: { gte: text, lt: text + LAST } };
    const [ids, names] = await Promise.all([
      this.store.count(CUSTOMERS, { index: 'byKey', ...where }),
      this.store.count(CUSTOMERS, { index: 'byName', ...where }),
    ]);
    if (ids === 0 || names === 0) return ids + names;
    let both = 0;
    for await (const { customer } of this.byIndex({ index: ids < names ? 'byKey' : 'byName', ...where }, []))
      if (customer.key.startsWith(text) && customer.nameKey.startsWith(text)) both++;
    return ids + names - both;
  }
}
