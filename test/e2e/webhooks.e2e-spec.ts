import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Change, Connection, UserError } from '../support/answers.js';
import { eventually } from '../support/eventually.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { isSignedWith, Receivers } from '../support/receivers.js';
import { tier } from '../support/samples.js';

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly status: string;
  readonly position: string;
  readonly failure: { readonly attempts: number; readonly message: string } | null;
  readonly deadLetters: Connection<{ readonly position: string; readonly message: string }>;
}
interface Payload {
  readonly webhook: Webhook | null;
  readonly secret?: string;
  readonly position: string | null;
  readonly userErrors: readonly UserError[];
}

let receivers: Receivers;
let app: App;
beforeAll(async () => {
  receivers = await Receivers.open(1_000);
  app = await startApp({ webhookSender: receivers.sender });
});
afterAll(async () => {
  await app.close();
  await receivers.close();
});

let hosts = 0;
/** A receiver that no other test knows. */
const newHost = (): string => `receiver-${++hosts}.example`;

const create = async ({ admin }: Organization, host: string, more: object = {}) => {
  const input = { url: `https://${host}/hooks`, ...more };
  const { webhook, secret, userErrors } = await admin.mutate<Payload>('createWebhook', { input });
  expect(userErrors).toEqual([]);
  return { webhook: webhook!, secret: secret! };
};

const command = async ({ admin }: Organization, name: string, webhookId: string, more: object = {}) => {
  const payload = await admin.mutate<Payload>(name, { input: { webhookId, ...more } });
  expect(payload.userErrors).toEqual([]);
  return payload;
};

const webhookOf = async ({ admin }: Organization): Promise<Webhook> =>
  (await admin.query<Webhook[]>('webhooks'))[0]!;

const approve = async ({ live }: Organization, count: number, prefix = 'tier'): Promise<Change[]> => {
  const changes = [];
  for (let i = 0; i < count; i++) changes.push(await live('proposeTierTerms', tier(`${prefix}-${i}`)));
  return changes;
};

/** Of everything approved in the organization that a webhook created now would hear of. */
const feedOf = async ({ viewer }: Organization, after: string): Promise<readonly string[]> => {
  const { json } = await viewer.rest<{ position: string }[]>(`/v1/changes?after=${after}&wait=0`);
  return json!.map(({ position }) => position);
};

describe('a webhook', () => {
  it('gets what the feed gives, in order, signed with the secret that was shown once', async () => {
    const organization = await newOrganization(app);
    const host = newHost();
    const { webhook, secret } = await create(organization, host, { description: 'Status page' });
    expect(webhook).toMatchObject({ url: `https://${host}/hooks`, status: 'ACTIVE', failure: null });
    await approve(organization, 3);
    const received = await receivers.until(host, 3);
    const { json: events } = await organization.viewer.rest(`/v1/changes?after=${webhook.position}`);
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual(events);
    expect(received.every((delivery) => isSignedWith(secret, delivery))).toBe(true);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(received[0]!.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
    });
    const last = received.at(-1)!.position;
    await eventually(async () => expect((await webhookOf(organization)).position).toBe(last));
    expect(JSON.stringify(await organization.admin.query('webhooks'))).not.toContain(secret);
  });

  it('replays from a position that it is given', async () => {
    const organization = await newOrganization(app);
    await approve(organization, 2);
    const host = newHost();
    await create(organization, host, { after: '0' });
    const expected = await feedOf(organization, '0');
    await receivers.until(host, expected.length);
    expect(receivers.positionsOf(host)).toEqual(expected);
  });

  it('is told of nothing of another organization', async () => {
    const [acme, other] = [await newOrganization(app), await newOrganization(app)];
    const host = newHost();
    await create(acme, host);
    await approve(other, 2, 'other');
    await approve(acme, 1, 'own');
    await receivers.until(host, 1);
    expect(receivers.of(host).map(({ body }) => body.includes('other'))).toEqual([false]);
    expect(await other.admin.query('webhooks')).toEqual([]);
  });

  it('tries again, and leaves out nothing meanwhile', async () => {
    const organization = await newOrganization(app);
    const host = newHost();
    const { webhook } = await create(organization, host);
    receivers.answering(host, () => 500);
    await approve(organization, 2);
    await receivers.until(host, 1);
    await eventually(async () =>
      expect(await webhookOf(organization)).toMatchObject({
        failure: { attempts: 1, message: 'The receiver answered with status 500.' },
      }),
    );
    receivers.answering(host, () => 200);
    await command(organization, 'resumeWebhook', webhook.id);
    const received = await receivers.until(host, 3);
    const [first, second] = await feedOf(organization, webhook.position);
    expect(receivers.positionsOf(host)).toEqual([first, first, second]);
    expect(received[0]!.headers['webhook-id']).toBe(received[1]!.headers['webhook-id']);
    await eventually(async () => expect((await webhookOf(organization)).failure).toBeNull());
  });

  it.each([
    ['a redirect', 302],
    ['silence', 'SILENCE'],
  ] as const)('takes %s for no acknowledgement', async (_, answer) => {
    const organization = await newOrganization(app);
    const host = newHost();
    await create(organization, host);
    receivers.answering(host, () => answer);
    await approve(organization, 1);
    await eventually(async () => {
      const { failure } = await webhookOf(organization);
      expect(failure?.message).toMatch(/status 302|did not answer within 1 s/);
    }, 20_000);
    expect(receivers.of(host)).toHaveLength(1);
  });

  it('is left alone by a slow one', async () => {
    const organization = await newOrganization(app);
    const [slow, quick] = [newHost(), newHost()];
    receivers.answering(slow, () => 'SILENCE');
    await create(organization, slow);
    await create(organization, quick);
    await approve(organization, 3);
    await receivers.until(quick, 3);
    expect(receivers.of(slow).length).toBeLessThan(3);
  });

  it('is disabled by 410 Gone, until somebody resumes it', async () => {
    const organization = await newOrganization(app);
    const host = newHost();
    const { webhook } = await create(organization, host);
    receivers.answering(host, () => 410);
    await approve(organization, 2);
    await eventually(async () => expect((await webhookOf(organization)).status).toBe('DISABLED'));
    expect(receivers.of(host)).toHaveLength(1);
    receivers.answering(host, () => 204);
    await command(organization, 'resumeWebhook', webhook.id);
    await receivers.until(host, 3);
    expect(receivers.positionsOf(host).slice(1)).toEqual(await feedOf(organization, webhook.position));
  });

  it('has its secret replaced, while the one before still signs', async () => {
    const organization = await newOrganization(app);
    const host = newHost();
    const { webhook, secret } = await create(organization, host);
    const more = { idempotencyKey: 'leaked' };
    const replaced = await command(organization, 'replaceWebhookSecret', webhook.id, more);
    expect(replaced.secret).not.toBe(secret);
    const again = await command(organization, 'replaceWebhookSecret', webhook.id, more);
    expect(again).toMatchObject({ secret: replaced.secret, position: replaced.position });
    await approve(organization, 1);
    const [delivery] = await receivers.until(host, 1);
    const signatures = String(delivery!.headers['webhook-signature']).split(' ');
    expect(signatures).toHaveLength(2);
    for (const [i, one] of [replaced.secret!, secret].entries()) {
      const headers = { ...delivery!.headers, 'webhook-signature': signatures[i]! };
      expect(isSignedWith(one, { ...delivery!, headers })).toBe(true);
    }
    const { nodes } = await organization.admin.query<Connection<{ type: string }>>('auditLog', {});
    expect(nodes.map(({ type }) => type)).toContain('WebhookSecretReplaced');
    const { userErrors } = await organization.admin.mutate<Payload>('replaceWebhookSecret', {
      input: { webhookId: '1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31' },
    });
    expect(userErrors[0]?.code).toBe('NOT_FOUND');
  });

  it('ends when it is deleted', async () => {
    const organization = await newOrganization(app);
    const [gone, kept] = [newHost(), newHost()];
    const { webhook } = await create(organization, gone);
    await create(organization, kept);
    expect((await command(organization, 'deleteWebhook', webhook.id)).webhook).toBeNull();
    await approve(organization, 1);
    await receivers.until(kept, 1);
    expect(receivers.of(gone)).toEqual([]);
    expect(await organization.admin.query<Webhook[]>('webhooks')).toHaveLength(1);
    const again = await organization.admin.mutate<Payload>('resumeWebhook', {
      input: { webhookId: webhook.id },
    });
    expect(again.userErrors[0]?.code).toBe('NOT_FOUND');
  });
});

describe('who sets webhooks up', () => {
  it('is an administrator, and nobody else; the log says who tried', async () => {
    const { viewer, member, compliance, admin } = await newOrganization(app);
    for (const caller of [viewer, member, compliance]) {
      const input = { url: `https://${newHost()}/` };
      expect((await caller.mutate<Payload>('createWebhook', { input })).userErrors[0]?.code).toBe(
        'FORBIDDEN',
      );
      expect(await caller.failure('query', 'webhooks')).toBe('FORBIDDEN');
    }
    await app.caughtUp();
    const { nodes } = await admin.query<Connection<object>>('auditLog', {
      filter: { type: 'ActionRefused' },
    });
    expect(nodes).toHaveLength(3);
    expect(nodes[0]).toMatchObject({ after: { action: 'CreateWebhook', code: 'FORBIDDEN' } });
  });

  it('is on the record, without the secret', async () => {
    const organization = await newOrganization(app);
    const { webhook, secret } = await create(organization, newHost());
    await command(organization, 'deleteWebhook', webhook.id);
    await app.caughtUp();
    const { nodes } = await organization.admin.query<Connection<object>>('auditLog', {});
    expect(nodes).toMatchObject([
      { type: 'WebhookDeleted', actor: 'ada' },
      { type: 'WebhookCreated', actor: 'ada', after: { url: webhook.url } },
      ...nodes.slice(2),
    ]);
    for await (const { data } of app.core.events.readAll())
      expect(JSON.stringify(data)).not.toContain(secret.slice(6));
  });

  it('may repeat: the same key, the same webhook and secret', async () => {
    const organization = await newOrganization(app);
    const more = { idempotencyKey: 'once' };
    const host = newHost();
    const first = await create(organization, host, more);
    const again = await create(organization, host, more);
    expect([again.webhook.id, again.secret]).toEqual([first.webhook.id, first.secret]);
    expect(await organization.admin.query<Webhook[]>('webhooks')).toHaveLength(1);
  });

  it.each([
    'http://receiver.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://user:password@receiver.example/',
    'https://inside.example/',
    'nonsense',
  ])('may not let it lead to %s', async (url) => {
    receivers.addresses.set('inside.example', () => ({ address: '192.168.1.1', family: 4 }));
    const { admin } = await newOrganization(app);
    const { userErrors } = await admin.mutate<Payload>('createWebhook', { input: { url } });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['url'] }]);
  });

  it('is not deceived by a name that leads inwards later', async () => {
    const organization = await newOrganization(app);
    const host = newHost();
    await create(organization, host);
    receivers.addresses.set(host, () => ({ address: '127.0.0.1', family: 4 }));
    await approve(organization, 1);
    await eventually(async () =>
      expect((await webhookOf(organization)).failure?.message).toMatch(/not on the public internet/),
    );
    expect(receivers.of(host)).toEqual([]);
  });
});

it('goes on where it was after a restart', async () => {
  const own = await startApp({ webhookSender: receivers.sender });
  const organization = await newOrganization(own);
  const host = newHost();
  const { webhook } = await create(organization, host);
  for (let round = 0; round < 3; round++) {
    await approve(organization, 3, `round-${round}`);
    await own.restart();
  }
  const expected = await feedOf(organization, webhook.position);
  await eventually(() => expect([...new Set(receivers.positionsOf(host))]).toEqual(expected));
  await own.close();
});
