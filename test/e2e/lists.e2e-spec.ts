import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type {
  Change,
  Connection,
  Customer,
  Import,
  ImportPayload,
  Matrix,
  MatrixDiff,
  SlaException,
  SlaExceptionPayload,
  TurningPoint,
  Version,
} from '../support/answers.js';
import type { Caller } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import type { Variables } from '../support/http-client.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';

const CUSTOMERS = 500;

let app: App;
let organization: Organization;
beforeAll(async () => {
  app = await startApp();
  organization = await withTiers(await newOrganization(app));
  const { member, admin, viewer } = organization;
  const rows = Array.from({ length: CUSTOMERS }, (_, place) => {
    const mapped = place % 5 === 0 ? 'gold' : 'silver';
    const contracted = place % 10 === 0 ? 'silver' : mapped;
    return `C-${place},${place % 2 ? 'Odd' : 'Even'} ${place},K-${place},${contracted},${mapped},2026-01-01`;
  });
  const csv = `customer_id,customer_name,contract_id,contract_tier,mapped_tier,starts_on\n${rows.join('\n')}\n`;
  const started = (await member.mutate<ImportPayload>('importReference', { input: { csv } })).import!;
  const { id } = started;
  await eventually(
    async () => expect((await viewer.query<Import>('import', { id })).status).toBe('READY'),
    20_000,
  );
  await admin.approve(started.change);
  await eventually(
    async () => expect((await viewer.query<Import>('import', { id })).status).toBe('APPLIED'),
    20_000,
  );
  await app.caughtUp();
});
afterAll(() => app.close());

/** Every node of a list, page by page; pages overlap nowhere and leave nothing out. */
const walked = async <T extends { readonly id: string }>(
  caller: Caller,
  list: string,
  variables: Variables,
): Promise<readonly T[]> => {
  const nodes: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Connection<T> = await caller.query(list, { ...variables, after });
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      expect(page.totalCount).toBe(nodes.length);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      return nodes;
    }
    after = page.pageInfo.endCursor;
  }
};

const numbered = (test: (place: number) => boolean): readonly string[] =>
  Array.from({ length: CUSTOMERS }, (_, place) => place)
    .filter(test)
    .map((place) => `C-${place}`)
    .sort();

const idsOf = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id).sort();

describe('customers', () => {
  it.each<[string, Variables, (place: number) => boolean]>([
    ['all of them', {}, () => true],
    ['by tier', { tier: 'GOLD' }, (place) => place % 5 === 0],
    ['in exception', { withException: true }, (place) => place % 10 === 0],
    ['in no exception', { withException: false }, (place) => place % 10 !== 0],
    ['by the beginning of the ID', { search: 'c-49' }, (place) => String(place).startsWith('49')],
    [
      'by the beginning of the name',
      { search: 'odd 4' },
      (place) => place % 2 === 1 && String(place).startsWith('4'),
    ],
    [
      'by all of it',
      { search: 'c-4', tier: 'gold', withException: true },
      (place) => place % 10 === 0 && String(place).startsWith('4'),
    ],
  ])('are found and paged through: %s', async (_, filter, test) => {
    const found = await walked<Customer>(organization.viewer, 'customers', { filter, first: 37 });
    expect(idsOf(found)).toEqual(numbered(test));
  });

  it('are in an order of their own, which new ones do not disturb', async () => {
    const { viewer } = organization;
    const first = await viewer.query<Connection<Customer>>('customers', { first: 200 });
    const rest = await viewer.query<Connection<Customer>>('customers', {
      first: 200,
      after: first.pageInfo.endCursor,
    });
    const keys = [...first.nodes, ...rest.nodes].map(({ id }) => id.toLowerCase());
    expect(keys).toEqual([...keys].sort());
  });
});

describe('exceptions', () => {
  it.each<[string, Variables, number]>([
    ['all', {}, 50],
    ['of a kind', { kind: 'TIER_MISMATCH' }, 50],
    ['of another kind', { kind: 'UNMAPPED' }, 0],
    ['of a customer', { customerId: 'c-10' }, 1],
    ['of a tier', { tier: 'silver' }, 50],
    ['open', { status: 'OPEN' }, 50],
    ['resolved', { status: 'RESOLVED' }, 0],
  ])('are filtered and paged through: %s', async (_, filter, count) => {
    const found = await walked<SlaException>(organization.viewer, 'exceptions', { filter, first: 7 });
    expect(found).toHaveLength(count);
  });

  it('are acknowledged with a note, resolved by the facts, and reopened as new ones', async () => {
    const own = await withTiers(await newOrganization(app));
    await withCustomer(own, 'C', 'gold', 'silver');
    const list = async (filter: Variables = {}) =>
      (await own.viewer.query<Connection<SlaException>>('exceptions', { filter })).nodes;
    const [open] = await list();
    const note = await own.member.mutate<SlaExceptionPayload>('acknowledgeException', {
      exceptionId: open!.id,
      note: 'calling them',
    });
    expect(note.exception).toMatchObject({
      status: 'ACKNOWLEDGED',
      acknowledgedBy: 'mia',
      note: 'calling them',
    });
    expect(await list({ status: 'OPEN' })).toEqual([]);
    await own.live('remapCustomer', { customerId: 'C', toTier: 'silver' });
    expect(await list()).toEqual([]);
    expect(await list({ status: 'RESOLVED', kind: 'TIER_MISMATCH' })).toMatchObject([
      { id: open!.id, status: 'RESOLVED' },
    ]);
    await own.live('remapCustomer', { customerId: 'C', toTier: 'gold' });
    const [again] = await list();
    expect(again).toMatchObject({ status: 'OPEN', note: null });
    expect(again!.id).not.toBe(open!.id);
  });
});

describe('changes', () => {
  it('are found by status, kind, proposer, subject and whose turn it is', async () => {
    const own = await withTiers(await newOrganization(app));
    const { member, admin, admiral, viewer } = own;
    const mine = await member.done('proposeTierTerms', tier('gold', 7));
    const theirs = await admin.done('remapCustomer', { customerId: 'C', toTier: 'gold' });
    const found = async (caller: Caller, filter: Variables) =>
      (await walked<Change>(caller, 'changes', { filter, first: 2 })).map(({ id }) => id);
    expect(await found(viewer, { status: 'PROPOSED' })).toEqual([theirs.id, mine.id]);
    expect(await found(viewer, { kind: 'REMAP' })).toEqual([theirs.id]);
    expect(await found(viewer, { proposedBy: 'ada' })).toEqual([theirs.id]);
    expect(await found(viewer, { subject: { kind: 'TIER', id: 'GOLD' } })).toContain(mine.id);
    expect(await found(viewer, { subject: { kind: 'TIER', id: 'gold' }, status: 'APPROVED' })).toHaveLength(
      1,
    );
    expect(await found(admin, { awaitingMe: true })).toEqual([mine.id]);
    expect(await found(admiral, { awaitingMe: true })).toEqual([theirs.id, mine.id]);
    expect(await found(member, { awaitingMe: true })).toEqual([]);
    expect(await found(viewer, { kind: 'WAIVER' })).toEqual([]);
  });
});

describe('the matrix over time', () => {
  it('says what changed between two instants, and which change did it', async () => {
    const own = await withTiers(await newOrganization(app));
    const { at: before } = await own.viewer.query<Matrix>('matrix');
    const change = await own.live('proposeTierTerms', tier('gold', 2, 3));
    const retired = await own.live('proposeTierRetirement', { key: 'silver' });
    const { at: after } = await own.viewer.query<Matrix>('matrix');
    const { deltas } = await own.viewer.query<MatrixDiff>('matrixDiff', { from: before, to: after });
    const ofGold = deltas.filter(({ tier: key }) => key === 'gold');
    expect(
      ofGold.map(({ priority, field, before: was, after: is, changeId }) => [
        priority,
        field,
        was,
        is,
        changeId,
      ]),
    ).toEqual([
      ['P0', 'resolution', '4h', '3h', change.id],
      ['P1', 'resolution', '8h', '6h', change.id],
    ]);
    const ofSilver = deltas.filter(({ tier: key }) => key === 'silver');
    expect(new Set(ofSilver.map(({ changeId }) => changeId))).toEqual(new Set([retired.id]));
    const unchanged = await own.viewer.query<MatrixDiff>('matrixDiff', { from: after, to: after });
    expect(unchanged.deltas).toEqual([]);
  });

  it('says when it turned and will turn, as it was known then', async () => {
    const own = await withTiers(await newOrganization(app));
    const { knownAt } = await own.viewer.query<Matrix>('matrix');
    const [start, end] = ['2031-01-01T00:00:00.000Z', '2031-03-01T00:00:00.000Z'];
    await own.live('proposeTierTerms', { ...tier('gold', 2, 3), effectiveFrom: start, effectiveUntil: end });
    const subjects = [{ kind: 'TIER', id: 'gold' }];
    const points = await own.viewer.query<TurningPoint[]>('turningPoints');
    expect(points.slice(-2)).toEqual([
      { at: start, subjects },
      { at: end, subjects },
    ]);
    expect(await own.viewer.query<TurningPoint[]>('turningPoints', { knownAt })).toEqual(points.slice(0, -2));
  });

  it('has a history whose periods neither overlap nor leave a gap', async () => {
    const own = await newOrganization(app);
    for (let rank = 0; rank < 5; rank++) await own.live('proposeTierTerms', tier('gold', rank));
    const { nodes, totalCount } = await own.viewer.query<Connection<Version>>('history', {
      subject: { kind: 'TIER', id: 'gold' },
    });
    expect(totalCount).toBe(5);
    expect(nodes.map(({ effectiveTo }) => effectiveTo)).toEqual([
      ...nodes.slice(1).map(({ effectiveFrom }) => effectiveFrom),
      null,
    ]);
  });

  it('reads a history from either end, and from any version', async () => {
    const own = await newOrganization(app);
    for (let rank = 0; rank < 5; rank++) await own.live('proposeTierTerms', tier('gold', rank));
    const subject = { kind: 'TIER', id: 'gold' };
    const numbers = async (variables: Variables): Promise<readonly number[]> => {
      const { nodes } = await own.viewer.query<Connection<Version>>('history', { subject, ...variables });
      return nodes.map(({ number }) => number);
    };
    expect(await numbers({ newestFirst: true })).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers({ newestFirst: true, from: 3 })).toEqual([3, 2, 1]);
    expect(await numbers({ from: 4 })).toEqual([4, 5]);
    const { pageInfo } = await own.viewer.query<Connection<Version>>('history', {
      ...{ subject, newestFirst: true, from: 4, first: 2 },
    });
    const after = pageInfo.endCursor;
    expect(await numbers({ newestFirst: true, from: 4, after })).toEqual([2, 1]);
    // A cursor belongs to one order.
    expect(await own.viewer.failure('query', 'history', { subject, after })).toBe('INVALID_INPUT');
  });
});
