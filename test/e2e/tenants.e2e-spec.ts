import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type {
  Change,
  Connection,
  Import,
  ImportPayload,
  LookupResult,
  SlaException,
} from '../support/answers.js';
import type { Caller } from '../support/caller.js';
import { filledVariables, textSlots, type Slot } from '../support/filled-variables.js';
import { operationsOf, type OperationKind } from '../support/graphql-documents.js';
import { keyHolder, newOrganization, type Organization } from '../support/new-organization.js';
import { Receivers } from '../support/receivers.js';
import { contract, terms, tier, withCustomer, withTiers } from '../support/samples.js';

/** In everything that organization A writes, and in nothing else. */
const MARK = 'zq7';
/** A's identifiers with this instead are nobody's. */
const TWIN = 'zq8';

let app: App;
let a: Organization;
/** Two alike: the one is asked with A's identifiers, the other with nobody's. */
let b: Organization;
let twin: Organization;
/** Everything of A that has a name, by what it is. */
let ids: Readonly<Record<string, string>>;

let receivers: Receivers;
beforeAll(async () => {
  receivers = await Receivers.open();
  app = await startApp({ webhookSender: receivers.sender });
  [a, b, twin] = await Promise.all([newOrganization(app), newOrganization(app), newOrganization(app)]);
  ids = await furnished(a);
  for (const organization of [b, twin]) {
    await withTiers(organization);
    await withCustomer(organization, 'b-calm', 'gold');
    await withCustomer(organization, 'b-torn', 'gold', 'silver');
  }
});
afterAll(async () => {
  await app.close();
  await receivers.close();
});

const furnished = async (organization: Organization): Promise<Readonly<Record<string, string>>> => {
  const { live, member, admin, viewer } = organization;
  await live('proposeTierTerms', tier(`${MARK}-tier`, 3));
  await live('proposeTierTerms', tier(`${MARK}-other`, 2));
  await live('remapCustomer', {
    customerId: `${MARK}-customer`,
    customerName: `${MARK} Ltd`,
    toTier: `${MARK}-tier`,
    reason: `${MARK} reason`,
    idempotencyKey: `${MARK}-key`,
  });
  await live('proposeContract', contract(`${MARK}-contract`, `${MARK}-customer`, `${MARK}-other`));
  await live('proposeCoverage', {
    key: `${MARK}-hours`,
    timeZone: 'UTC',
    windows: [{ day: 1, start: '09:00', end: '17:00' }],
  });
  const open = await member.done('proposeTierTerms', { ...tier(`${MARK}-open`), reason: `${MARK} why` });
  await admin.done('commentOnChange', { changeId: open.id, text: `${MARK} said` });
  const exception = (await viewer.lookup({ customerId: `${MARK}-customer` })) as LookupResult & SlaException;
  await member.mutate('acknowledgeException', { exceptionId: exception.id, note: `${MARK} note` });
  const csv = `customer_id,customer_name,mapped_tier\n${MARK}-imported,${MARK} GmbH,${MARK}-tier\n`;
  const imported = await member.mutate<ImportPayload>('importReference', { input: { csv } });
  const url = `https://${MARK}.example/`;
  const { webhook } = await admin.mutate<{ webhook: { id: string } }>('createWebhook', { input: { url } });
  return {
    webhook: webhook.id,
    customer: `${MARK}-customer`,
    contract: `${MARK}-contract`,
    tier: `${MARK}-tier`,
    coverage: `${MARK}-hours`,
    key: `${MARK}-key`,
    text: `${MARK} `,
    exception: exception.id,
    change: open.id,
    import: imported.import!.id,
    importChange: imported.import!.change.id,
    organization: organization.id,
    person: `${MARK}@example.test`,
  };
};

/** An identifier that looks like A's and is nobody's. */
const twinOf = (id: string): string =>
  id.includes(MARK) ? id.replaceAll(MARK, TWIN) : id.slice(0, -4) + (id.endsWith('0000') ? '1111' : '0000');

/** What is different in every answer, and no secret. */
const settled = (text: string, sent: string): string =>
  [sent, encodeURIComponent(sent), JSON.stringify(sent).slice(1, -1), sent.trim()]
    // Some fields answer in capitals what they were asked in small letters.
    .flatMap((form) => [form, form.toUpperCase()])
    .reduce((rest, form) => rest.replaceAll(form, '«id»'), text)
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '«uuid»')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '«instant»')
    .replace(/"\d{10,20}"/g, '«position»');

/** What B would write where nothing of A's is tried. */
const ordinary = (name: string, type: string): unknown => {
  if (name === 'terms' || name === 'overrides') return terms();
  if (name === 'windows' || type === 'WeeklyWindowInput') return { day: 1, start: '09:00', end: '17:00' };
  if (['toTier', 'tier'].includes(name)) return 'gold';
  if (name === 'key') return 'silver';
  if (name === 'until' || name === 'to') return '2999-01-01T00:00:00Z';
  if (type === 'DateTime') return '2026-06-01T00:00:00Z';
  if (type === 'Date') return '2026-01-01';
  if (type === 'SlaDuration') return '4h';
  if (type === 'Position') return '1';
  if (type === 'Int') return 1;
  if (type === 'Float') return 1.5;
  if (type === 'Boolean') return false;
  if (type === 'JSON') return { customerId: 'b-calm', toTier: 'silver' };
  if (name === 'coverage') return 'business-hours';
  return type === 'ID' || type === 'String' ? `b-${name}` : undefined;
};

interface Attempt {
  readonly kind: OperationKind;
  readonly operation: string;
  readonly slot: Slot;
  readonly of: string;
  readonly variables: (value: string) => Readonly<Record<string, unknown>>;
}

const attempts = async (kind: OperationKind): Promise<readonly Attempt[]> =>
  operationsOf(await app.http.schema(), kind).flatMap((operation) =>
    textSlots(operation).flatMap((slot) =>
      Object.keys(ids).map((of) => ({
        kind,
        operation: operation.name,
        slot,
        of,
        variables: (value: string) => filledVariables(operation, slot, value, ordinary),
      })),
    ),
  );

type Asking = (organization: Organization) => Caller;

/** B's answer to A's identifier, and its twin's to one that nobody has. */
const expectNoDifference = async (asking: Asking, tried: readonly Attempt[]): Promise<void> => {
  for (const { kind, operation, slot, of, variables } of tried) {
    const what = `${operation} ${slot.join('.')} = ${of}`;
    const [id, nobodys] = [ids[of]!, twinOf(ids[of]!)];
    const [real, none] = await Promise.all([
      asking(b).ask(kind, operation, variables(id)),
      asking(twin).ask(kind, operation, variables(nobodys)),
    ]);
    const answer = settled(real.text, id);
    expect([what, real.status, answer]).toEqual([what, none.status, settled(none.text, nobodys)]);
    expect([what, answer]).toEqual([what, expect.not.stringMatching(/zq7/i)]);
  }
};

const snapshotOf = async ({ admin, viewer }: Organization): Promise<string> => {
  const answers = await Promise.all([
    admin.ask('query', 'matrix'),
    admin.ask('query', 'webhooks'),
    admin.ask('query', 'changes', { first: 200 }),
    admin.ask('query', 'customers', { first: 200 }),
    admin.ask('query', 'exceptions', { first: 200 }),
    admin.ask('query', 'import', { id: ids['import'] }),
    viewer.ask('query', 'lookup', { input: { customerId: ids['customer'] } }),
  ]);
  // Questions about now answer with now.
  return answers.map(({ text }) => text.replace(/"(at|knownAt|position)":"[^"]*"/g, '')).join('\n');
};

describe('an organization', () => {
  it('finds nothing of another by its identifiers, in any query', async () => {
    const tried = await attempts('query');
    expect(tried.length).toBeGreaterThan(100);
    await expectNoDifference(({ admin }) => admin, tried);
    await expectNoDifference(({ compliance }) => compliance, tried);
    const keys = new Map<Organization, Caller>();
    for (const organization of [b, twin])
      keys.set(organization, await keyHolder(app, organization, 'lookup:read'));
    const lookups = tried.filter(({ operation }) => operation.startsWith('lookup'));
    await expectNoDifference((organization) => keys.get(organization)!, lookups);
  });

  it('finds nothing of another by REST', async () => {
    const paths = [
      (id: string) => `/v1/lookup?customerId=${id}`,
      (id: string) => `/v1/lookup?contractId=${id}`,
      (id: string) => `/v1/lookup?ticketId=${id}`,
      (id: string) => `/v1/lookup?customerId=b-calm&priority=${id}`,
      (id: string) => `/v1/lookup?customerId=b-calm&channel=${id}`,
      (id: string) => `/v1/export/${id}.csv`,
    ];
    for (const id of Object.values(ids))
      for (const path of paths) {
        const real = await b.viewer.rest(path(encodeURIComponent(id)));
        const none = await twin.viewer.rest(path(encodeURIComponent(twinOf(id))));
        expect([real.status, settled(real.text, id)]).toEqual([none.status, settled(none.text, twinOf(id))]);
        expect(settled(real.text, id)).not.toContain(MARK);
      }
    for (const sheet of ['matrix', 'customers', 'exceptions', 'audit', 'tickets'])
      expect((await b.admin.rest(`/v1/export/${sheet}.csv`)).text).not.toMatch(
        /zq7-(customer|contract|imported)/,
      );
  });

  it('takes no cursor of another', async () => {
    for (const list of ['customers', 'changes', 'exceptions']) {
      const page = await a.viewer.query<Connection<unknown>>(list, { first: 1 });
      const answer = await b.viewer.ask('query', list, { after: page.pageInfo.endCursor });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', inputPath: ['after'] });
      expect(answer.text).not.toContain(MARK);
    }
  });

  // Last: what B writes with these identifiers is B's own from then on.
  it('changes nothing of another by its identifiers, in any mutation', async () => {
    const before = await snapshotOf(a);
    const tried = await attempts('mutation');
    expect(tried.length).toBeGreaterThan(100);
    await expectNoDifference(({ admin }) => admin, tried);
    expect(await snapshotOf(a)).toBe(before);
  });
});

describe('two organizations with the same identifiers', () => {
  it('have nothing else in common', async () => {
    const [c, d] = await Promise.all([newOrganization(app), newOrganization(app)]);
    for (const [organization, hours] of [
      [c, 2],
      [d, 6],
    ] as const) {
      await organization.live('proposeTierTerms', { ...tier('same', 1, hours), idempotencyKey: 'same' });
      await withCustomer(organization, 'SAME', 'same');
    }
    const sheet = { csv: 'customer_id,mapped_tier\nSAME-2,same\n', idempotencyKey: 'sheet' };
    const imports = await Promise.all(
      [c, d].map(async ({ member }) => member.mutate<ImportPayload>('importReference', { input: sheet })),
    );
    expect(imports[0]!.import!.id).not.toBe(imports[1]!.import!.id);
    for (const [organization, resolution] of [
      [c, '2h'],
      [d, '6h'],
    ] as const)
      for (const asked of [{ customerId: 'same' }, { contractId: 'CTR-SAME' }])
        expect(await organization.viewer.lookup({ ...asked, priority: 'P0' })).toMatchObject({
          commitment: { resolution },
        });

    await c.admin.approve(imports[0]!.import!.change);
    await app.caughtUp();
    expect((await d.viewer.query<Import>('import', { id: imports[1]!.import!.id })).change.status).toBe(
      'PROPOSED',
    );
    await c.live('proposeTierRetirement', { key: 'same' });
    expect(await c.viewer.lookup({ customerId: 'SAME' })).toMatchObject({ kind: 'UNKNOWN_TIER' });
    expect(await d.viewer.lookup({ customerId: 'SAME' })).toMatchObject({ __typename: 'BindingSla' });
    const changes = await d.viewer.query<Connection<Change>>('changes', { filter: { proposedBy: 'mia' } });
    expect(changes.totalCount).toBe(4);
  });
});
