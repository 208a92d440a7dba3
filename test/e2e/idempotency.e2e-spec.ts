import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { webhookStream } from '../../src/domain/shared/streams.js';
import { startApp, type App } from '../support/app.js';
import type { Change, ImportPayload, SlaException } from '../support/answers.js';
import type { Caller } from '../support/caller.js';
import type { Variables } from '../support/http-client.js';
import { operationsOf } from '../support/graphql-documents.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { Receivers } from '../support/receivers.js';
import { contract, policy, tier, withCustomer, withTiers } from '../support/samples.js';

let app: App;
let receivers: Receivers;
beforeAll(async () => {
  receivers = await Receivers.open();
  receivers.answering(SILENT, () => 'SILENCE');
  app = await startApp({ webhookSender: receivers.sender });
});
afterAll(async () => {
  await app.close();
  await receivers.close();
});

const SILENT = 'silent.example';

/** A mutation ready to be sent any number of times. */
interface Sending {
  readonly by: Caller;
  readonly variables: Variables;
}

interface Case {
  readonly mutation: string;
  readonly prepare: (organization: Organization, key: string) => Promise<Sending>;
  /** The same key with another content. */
  readonly other: (variables: Variables) => Variables;
}

const withInput =
  (more: (input: Record<string, unknown>) => object) =>
  (variables: Variables): Variables => {
    const input = variables['input'] as Record<string, unknown>;
    return { input: { ...input, ...more(input) } };
  };

const proposing = (mutation: string, input: object, other: object): Case => ({
  mutation,
  prepare: async ({ member }, idempotencyKey) => ({
    by: member,
    variables: { input: { ...input, idempotencyKey } },
  }),
  other: withInput(() => other),
});

const deciding = (mutation: string, by: 'member' | 'admin', more: object, other: object): Case => ({
  mutation,
  prepare: async (organization, idempotencyKey) => {
    const { id, revision, content } = await organization.member.done('proposeTierTerms', tier('platinum', 9));
    const exact = ['approveChange', 'rejectChange'].includes(mutation) ? { revision } : {};
    const revising = mutation === 'reviseChange' ? { content: { ...content, rank: 8 } } : {};
    const input = { changeId: id, ...exact, ...revising, ...more, idempotencyKey };
    return { by: organization[by], variables: { input } };
  },
  other: withInput(() => other),
});

/** Of a webhook with a dead letter that is never acknowledged either. */
const onWebhook = (mutation: string): Case => ({
  mutation,
  prepare: async ({ admin, id: orgId }, idempotencyKey) => {
    const input = { url: `https://${SILENT}/` };
    const { webhook } = await admin.mutate<{ webhook: { id: string } }>('createWebhook', { input });
    const webhookId = webhook.id;
    const [entry] = (await admin.rest<{ position: string }[]>('/v1/changes?after=0&limit=1')).json!;
    const data = { webhookId, position: entry!.position, attempts: 10, message: 'no' };
    const metadata = { ...SYSTEM, orgId };
    const events = [{ id: randomUUID(), type: 'DeliveryAbandoned' as const, data, metadata }];
    await app.core.events.append({ stream: webhookStream(orgId, webhookId), expected: 'ANY', events });
    return { by: admin, variables: { input: { webhookId, idempotencyKey } } };
  },
  other: withInput(() => ({ webhookId: randomUUID() })),
});

const SYSTEM = {
  actor: 'system',
  roles: [],
  commandId: 'c',
  $correlationId: 'c',
  $causationId: null,
  schemaVersion: 1,
};

const CASES: readonly Case[] = [
  proposing('proposeTierTerms', tier('bronze', 0), { rank: 5 }),
  proposing('proposeTierRetirement', { key: 'gold' }, { key: 'silver' }),
  proposing('remapCustomer', { customerId: 'c1', toTier: 'gold' }, { toTier: 'silver' }),
  proposing('proposeContract', contract('CTR-9', 'c9', 'gold'), { seats: 12 }),
  proposing(
    'proposeCoverage',
    { key: 'nights', timeZone: 'UTC', windows: [{ day: 1, start: '22:00', end: '06:00' }] },
    { timeZone: 'Asia/Tokyo' },
  ),
  proposing('proposeApprovalPolicy', policy({ defaultApprovals: 2 }), { defaultApprovals: 3 }),
  {
    mutation: 'proposeWaiver',
    prepare: async ({ member, viewer }, idempotencyKey) => {
      const { id: exceptionId } = (await viewer.lookup({ customerId: 'torn' })) as SlaException;
      const until = '2999-01-01T00:00:00Z';
      const input = { exceptionId, binds: 'MAPPED_TIER', until, reason: 'r', idempotencyKey };
      return { by: member, variables: { input } };
    },
    other: withInput(() => ({ binds: 'CONTRACT_TIER' })),
  },
  {
    mutation: 'importReference',
    prepare: async ({ member }, idempotencyKey) => ({
      by: member,
      variables: { input: { csv: 'customer_id,mapped_tier\nc7,gold\n', idempotencyKey } },
    }),
    other: withInput(() => ({ csv: 'customer_id,mapped_tier\nc7,silver\n' })),
  },
  deciding('approveChange', 'admin', { comment: 'fine' }, { comment: 'very fine' }),
  deciding('rejectChange', 'admin', { reason: 'no' }, { reason: 'no!' }),
  deciding('reviseChange', 'member', { reason: 'better' }, { reason: 'best' }),
  deciding('withdrawChange', 'member', {}, { reason: 'oops' }),
  deciding('commentOnChange', 'member', { text: 'hm' }, { text: 'hmm' }),
  {
    mutation: 'acknowledgeException',
    prepare: async ({ member, viewer }, idempotencyKey) => {
      const { id: exceptionId } = (await viewer.lookup({ customerId: 'torn' })) as SlaException;
      return { by: member, variables: { exceptionId, note: 'calling them', idempotencyKey } };
    },
    other: (variables) => ({ ...variables, note: 'called them' }),
  },
  {
    mutation: 'changeSettings',
    prepare: async ({ admin }, idempotencyKey) => ({
      by: admin,
      variables: { input: { exceptionRule: 'STRICTER', idempotencyKey } },
    }),
    other: withInput(() => ({ exceptionRule: 'CONTRACT_WINS' })),
  },
  {
    mutation: 'createWebhook',
    prepare: async ({ admin }, idempotencyKey) => ({
      by: admin,
      variables: { input: { url: `https://${SILENT}/`, idempotencyKey } },
    }),
    other: withInput(() => ({ description: 'Status page' })),
  },
  onWebhook('resumeWebhook'),
  onWebhook('deleteWebhook'),
  onWebhook('redeliverDeadLetters'),
  onWebhook('replaceWebhookSecret'),
];

const furnished = async (): Promise<Organization> => {
  const organization = await withTiers(await newOrganization(app));
  await withCustomer(organization, 'torn', 'gold', 'silver');
  return organization;
};

interface Answer {
  readonly position: string | null;
  readonly userErrors: readonly { readonly code: string }[];
  readonly change?: Change | null;
  readonly import?: { readonly id: string } | null;
  readonly webhook?: { readonly id: string } | null;
  readonly secret?: string | null;
}

const sent = async ({ by, variables }: Sending, mutation: string): Promise<Answer> =>
  by.mutate<Answer>(mutation, variables);

/** What an answer says about what was done, whatever has happened to it since. */
const outcomeOf = ({ change, import: imported, webhook, secret, userErrors }: Answer) => [
  change?.id,
  imported?.id,
  webhook?.id,
  secret,
  userErrors,
];

describe('a mutation repeated with its key', () => {
  it('is tried for every mutation that takes one', async () => {
    const keyed = operationsOf(await app.http.schema(), 'mutation').filter(({ args }) =>
      args.some(({ name }) => ['input', 'idempotencyKey'].includes(name)),
    );
    expect(CASES.map(({ mutation }) => mutation).sort()).toEqual(
      keyed
        .map(({ name }) => name)
        .filter((name) => !['openTicket', 'recordTicketEvent'].includes(name))
        .sort(),
    );
  });

  it.each(CASES)('$mutation: does nothing again and answers as the first', async (tested) => {
    const { mutation, prepare, other } = tested;
    const organization = await furnished();
    const sending = await prepare(organization, `key of ${mutation}`);
    const first = await sent(sending, mutation);
    expect(first.userErrors).toEqual([]);
    const head = await app.head();
    for (let again = 0; again < 3; again++) expect(await sent(sending, mutation)).toEqual(first);
    expect(await app.head()).toBe(head);

    const mismatch = await sent({ ...sending, variables: other(sending.variables) }, mutation);
    expect(mismatch.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH', path: ['idempotencyKey'] }]);
    expect(await app.head()).toBe(head);
  });

  it.each(CASES)('$mutation: happens once when twenty are sent at the same time', async (tested) => {
    const { mutation, prepare } = tested;
    const organization = await furnished();
    const sending = await prepare(organization, 'at once');
    const before = await app.head();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sent(sending, mutation)));
    for (const answer of answers) expect(outcomeOf(answer)).toEqual(outcomeOf(answers[0]!));
    expect(answers[0]!.userErrors).toEqual([]);
    const happened: string[] = [];
    for await (const { type } of app.core.events.readAll({ after: before })) happened.push(type);
    expect(happened).toEqual([...new Set(happened)]);
    const head = await app.head();
    expect(outcomeOf(await sent(sending, mutation))).toEqual(outcomeOf(answers[0]!));
    expect(await app.head()).toBe(head);
  });

  it('does nothing again after a restart', async () => {
    const sendings: (Sending & { readonly mutation: string; readonly first: Answer })[] = [];
    for (const { mutation, prepare } of CASES) {
      const sending = await prepare(await furnished(), 'for long');
      sendings.push({ ...sending, mutation, first: await sent(sending, mutation) });
    }
    await app.restart();
    await app.caughtUp();
    const head = await app.head();
    for (const { mutation, first, ...sending } of sendings) {
      const again = await sent(sending, mutation);
      // An import answers with the position at which its rows can be read, which others have moved on.
      expect(mutation === 'importReference' ? { ...again, position: first.position } : again).toEqual(first);
    }
    expect(await app.head()).toBe(head);
  });

  it('answers as the first even when it would be refused now', async () => {
    const { member, admin } = await furnished();
    const input = { ...tier('platinum', 3), idempotencyKey: 'k' };
    const change = await member.done('proposeTierTerms', input);
    await admin.approve(change, { idempotencyKey: 'k' });
    expect((await member.done('proposeTierTerms', input)).id).toBe(change.id);
    expect((await admin.approve(change, { idempotencyKey: 'k' })).status).toBe('APPROVED');
  });

  it('belongs to whoever used it', async () => {
    const { member, as } = await furnished();
    const max = await as('max', 'member');
    const mine = await member.done('remapCustomer', {
      customerId: 'c1',
      toTier: 'gold',
      idempotencyKey: 'k',
    });
    const theirs = await max.done('remapCustomer', { customerId: 'c2', toTier: 'gold', idempotencyKey: 'k' });
    expect(mine.id).not.toBe(theirs.id);
  });

  it('is kept for an upload as well', async () => {
    const { member, admin, live } = await furnished();
    const upload = () =>
      member.rest<{ id: string; changeId: string; position: string }>('/v1/import/reference', {
        method: 'POST',
        headers: { 'content-type': 'text/csv', 'idempotency-key': 'sheet' },
        body: 'customer_id,mapped_tier\nc8,gold\n',
      });
    const first = await upload();
    const head = await app.head();
    expect((await upload()).json).toEqual(first.json);
    expect(await app.head()).toBe(head);
    await admin.approve({ id: first.json!.changeId, revision: 1 });
    await live('proposeTierTerms', tier('later', 7));
    expect((await upload()).json).toEqual(first.json);
    const other = await member.mutate<ImportPayload>('importReference', {
      input: { csv: 'customer_id,mapped_tier\nc8,silver\n', idempotencyKey: 'sheet' },
    });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  });
});
