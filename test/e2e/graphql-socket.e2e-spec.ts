import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { startApp, type App } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier } from '../support/samples.js';
import { APPROVED_CHANGES, Subscriber, type Message } from '../support/subscriber.js';

let app: App;
let organization: Organization;
beforeAll(async () => {
  app = await startApp();
  organization = await newOrganization(app);
});
afterAll(() => app.close());

const opened = async (headers: Record<string, string> = {}): Promise<Subscriber> => {
  const subscriber = new Subscriber(app.url, { headers });
  await subscriber.opened();
  return subscriber;
};
const init = (authorization?: unknown): Message => ({
  type: 'connection_init',
  ...(authorization !== undefined && { payload: { authorization } }),
});
const bearer = (): string => `Bearer ${organization.viewer.token}`;

describe('connecting', () => {
  it.each([
    ['without a token', init()],
    ['with a token that is none', init('Bearer nonsense')],
    ['with something else than text', init({ $gt: '' })],
    ['with another scheme', init('Basic dmVyYTp4')],
  ])('is refused %s', async (_, message) => {
    const subscriber = await opened();
    subscriber.send(message);
    expect((await subscriber.ended()).code).toBe(4403);
    expect(subscriber.messages).toEqual([]);
  });

  it('is open to the cookie of the web app, from its own pages alone', async () => {
    const cookie = `sla-session=${organization.viewer.token}`;
    const own = await opened({ cookie, origin: app.url });
    own.send(init());
    expect(await own.until(({ type }) => type === 'connection_ack')).toEqual({ type: 'connection_ack' });
    for (const foreign of [{ cookie, origin: 'https://elsewhere.example' }, { cookie }]) {
      const stranger = await opened(foreign as Record<string, string>);
      stranger.send(init());
      expect((await stranger.ended()).code).toBe(4403);
    }
    await own.leave();
  });

  it('takes no more time than it should', async () => {
    const silent = await opened();
    expect((await silent.ended()).code).toBe(4408);
  });

  it('speaks graphql-transport-ws and nothing else', async () => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`);
    const code = await new Promise((resolve) => socket.once('close', resolve));
    expect(code).toBe(4406);
    const elsewhere = new WebSocket(`${app.url.replace('http', 'ws')}/v1/lookup`, 'graphql-transport-ws');
    const error = await new Promise<Error>((resolve) => elsewhere.once('error', resolve));
    expect(error.message).toContain('404');
  });
});

describe('the protocol', () => {
  it.each([
    [4400, 'what is no JSON', ['{"type":']],
    [4400, 'an unknown message', [{ type: 'stop' }]],
    [4400, 'a message that only servers send', [{ id: '1', type: 'next', payload: {} }]],
    [
      4401,
      'subscribing before it is acknowledged',
      [{ id: '1', type: 'subscribe', payload: { query: '{ me { subject } }' } }],
    ],
  ] as const)('ends with %i at %s', async (code, _, messages) => {
    const subscriber = await opened();
    for (const message of messages) subscriber.send(message);
    expect((await subscriber.ended()).code).toBe(code);
  });

  it('takes one connection_init', async () => {
    const subscriber = await Subscriber.acknowledged(app.url, organization.viewer.token);
    subscriber.send(init(bearer()));
    expect((await subscriber.ended()).code).toBe(4429);
  });

  it('takes an id once at a time', async () => {
    const subscriber = await Subscriber.acknowledged(app.url, organization.viewer.token);
    subscriber.subscribe(APPROVED_CHANGES, {}, 'twice');
    subscriber.send({ id: 'twice', type: 'complete' });
    subscriber.subscribe(APPROVED_CHANGES, {}, 'twice');
    subscriber.subscribe(APPROVED_CHANGES, {}, 'twice');
    expect((await subscriber.ended()).code).toBe(4409);
  });

  it('answers pings', async () => {
    const subscriber = await opened();
    subscriber.send({ type: 'ping', payload: { at: 1 } });
    expect(await subscriber.until(({ type }) => type === 'pong')).toEqual({
      type: 'pong',
      payload: { at: 1 },
    });
    await subscriber.leave();
  });

  it.each([
    ['a query', '{ me { subject } }', 'POST /graphql'],
    ['a document that is wrong', 'subscription { approvedChanges { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a position that is none', 'subscription { approvedChanges(after: "x") { position } }', 'INVALID_INPUT'],
    ['what is no document', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an endless document', `subscription { approvedChanges { ${'position '.repeat(6_000)} } }`, 'token'],
  ])('refuses %s, and goes on', async (_, query, said) => {
    const subscriber = await Subscriber.acknowledged(app.url, organization.viewer.token);
    const id = subscriber.subscribe(query);
    const refused = await subscriber.until(({ type }) => type === 'error');
    expect(refused.id).toBe(id);
    expect(JSON.stringify(refused.payload)).toContain(said);
    expect(JSON.stringify(refused.payload)).not.toContain('stack');
    expect(subscriber.closed).toBeNull();
    await subscriber.leave();
  });

  it('stops what is completed', async () => {
    const after = String(await app.head());
    const subscriber = await Subscriber.acknowledged(app.url, organization.viewer.token);
    const stopped = subscriber.subscribe(APPROVED_CHANGES, { after });
    subscriber.send({ id: stopped, type: 'complete' });
    const goingOn = subscriber.subscribe(APPROVED_CHANGES, { after });
    await organization.live('proposeTierTerms', tier('bronze'));
    await subscriber.received(1);
    expect(subscriber.messages.filter(({ type }) => type === 'next').map(({ id }) => id)).toEqual([goingOn]);
    await subscriber.leave();
  });

  it('counts who is subscribed', async () => {
    const subscriptions = async (): Promise<string | undefined> =>
      /sla_subscriptions\{field="approvedChanges"\} (\d+)/.exec(
        (await app.http.rest(null, '/metrics')).text,
      )?.[1];
    const subscriber = await Subscriber.follow(app.url, organization.viewer.token);
    await eventually(async () => expect(await subscriptions()).toBe('1'));
    await subscriber.leave();
    await eventually(async () => expect(await subscriptions()).toBe('0'));
  });
});

describe('rights', () => {
  it('end with the token, at that moment', async () => {
    const { token } = await app.core.issuer!.issue({
      orgId: organization.id,
      subject: 'vera',
      roles: ['viewer'],
      ttl: 2,
    });
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number };
    const subscriber = await Subscriber.follow(app.url, token);
    expect((await subscriber.ended()).code).toBe(4403);
    const late = Date.now() - exp * 1000;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1_000);
  });

  it('end within five seconds when a key is revoked, while others go on', async () => {
    const { key, keyId } = await app.core.organizations.createKey({
      orgId: organization.id,
      name: 'feed',
      scopes: ['feed:read'],
    });
    const [revoked, other] = await Promise.all([
      Subscriber.follow(app.url, key),
      Subscriber.follow(app.url, organization.viewer.token),
    ]);
    await app.core.organizations.revokeKey(organization.id, keyId);
    const start = performance.now();
    expect((await revoked.ended()).code).toBe(4403);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(other.closed).toBeNull();
    await other.leave();
  });
});
