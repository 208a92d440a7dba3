import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import type { Connection, SlaException, SlaExceptionPayload } from '../support/answers.js';
import { eventually } from '../support/eventually.js';
import { keyHolder, newOrganization, type Organization } from '../support/new-organization.js';
import { contract, terms, tier, withCustomer, withTiers } from '../support/samples.js';
import { Subscriber } from '../support/subscriber.js';
import { TravellingClock } from '../support/travelling-clock.js';

const clock = new TravellingClock();
let app: App;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

const CHANGED = `subscription { exceptionsChanged { id kind status customerId since until } }`;
type Told = Pick<SlaException, 'id' | 'kind' | 'status' | 'customerId' | 'since' | 'until'>;

const following = async (): Promise<number> => {
  const { values } = await app.core.metrics.subscriptions.get();
  return values.find(({ labels }) => labels['field'] === 'exceptionsChanged')?.value ?? 0;
};

/** Subscribed, and told of everything from now on. */
const follow = async (token: string): Promise<Subscriber> => {
  const before = await following();
  const subscriber = await Subscriber.acknowledged(app.url, token);
  subscriber.subscribe(CHANGED);
  await eventually(async () => expect(await following()).toBe(before + 1));
  return subscriber;
};
const told = ({ messages }: Subscriber): readonly Told[] =>
  messages
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => (payload as { data: { exceptionsChanged: Told } }).data.exceptionsChanged);
const inWords = (subscriber: Subscriber) =>
  told(subscriber).map(({ kind, status, customerId }) => `${customerId} ${kind} ${status}`);
const hears = (subscriber: Subscriber, ...expected: readonly string[]) =>
  eventually(() => expect(inWords(subscriber)).toEqual(expected));

const furnished = async (): Promise<Organization> => withTiers(await newOrganization(app));
const days = (count: number) => new Date(Date.parse(clock.now()) + count * 24 * 3_600_000).toISOString();

describe('following the exceptions', () => {
  it('tells of every step in the life of one, by whatever write', async () => {
    const organization = await furnished();
    const { live, member, viewer } = organization;
    await withCustomer(organization, 'odd', 'gold');
    const subscriber = await follow(viewer.token);
    await live('remapCustomer', { customerId: 'odd', toTier: 'silver' });
    await hears(subscriber, 'odd TIER_MISMATCH OPEN');
    const exceptionId = told(subscriber)[0]!.id;
    const [listed] = (await viewer.query<Connection<SlaException>>('exceptions')).nodes;
    expect(told(subscriber)[0]).toMatchObject({ id: listed!.id, since: listed!.since });
    await member.mutate<SlaExceptionPayload>('acknowledgeException', { exceptionId, note: 'on it' });
    await hears(subscriber, 'odd TIER_MISMATCH OPEN', 'odd TIER_MISMATCH ACKNOWLEDGED');
    await live('proposeWaiver', { exceptionId, binds: 'MAPPED_TIER', until: days(5), reason: 'deal' });
    await live('remapCustomer', { customerId: 'odd', toTier: 'gold' });
    await hears(
      subscriber,
      'odd TIER_MISMATCH OPEN',
      'odd TIER_MISMATCH ACKNOWLEDGED',
      'odd TIER_MISMATCH WAIVED',
      'odd TIER_MISMATCH RESOLVED',
    );
    expect(new Set(told(subscriber).map(({ id }) => id))).toEqual(new Set([exceptionId]));
    expect(told(subscriber).at(-1)!.until).not.toBeNull();
    await subscriber.leave();
  });

  it('tells of what a tier does to those who rely on it, and to nobody else', async () => {
    const organization = await furnished();
    await withCustomer(organization, 'one', 'gold');
    await withCustomer(organization, 'two', 'silver');
    const subscriber = await follow(organization.viewer.token);
    await organization.live('proposeTierRetirement', { key: 'gold' });
    await hears(subscriber, 'one UNKNOWN_TIER OPEN');
    await organization.live('proposeTierTerms', tier('gold', 2));
    await hears(subscriber, 'one UNKNOWN_TIER OPEN', 'one UNKNOWN_TIER RESOLVED');
    await subscriber.leave();
  });

  it('tells of what time alone does, with nothing written', async () => {
    const organization = await furnished();
    const { live, viewer } = organization;
    await withCustomer(organization, 'torn', 'gold', 'silver');
    const [{ id: exceptionId }] = (await viewer.query<Connection<SlaException>>('exceptions')).nodes as [
      SlaException,
    ];
    await live('proposeWaiver', { exceptionId, binds: 'MAPPED_TIER', until: days(2), reason: 'deal' });
    await withCustomer(organization, 'ending', 'gold', null);
    const endsOn = days(10).slice(0, 10);
    await live('proposeContract', contract('K-1', 'ending', 'gold', { endsOn }));
    await live('proposeTierTerms', {
      ...tier('gold', 2),
      terms: terms(2, { commitments: terms(2).commitments.slice(0, 3) }),
      effectiveFrom: days(20),
    });
    await withCustomer(organization, 'thinned', 'gold');
    const subscriber = await follow(viewer.token);
    const head = await app.head();
    const steps = [
      'torn TIER_MISMATCH OPEN',
      'ending NO_ACTIVE_CONTRACT OPEN',
      'thinned INCOMPLETE_TERMS OPEN',
    ];
    clock.goOn(3);
    await hears(subscriber, ...steps.slice(0, 1));
    clock.goOn(9);
    await hears(subscriber, ...steps.slice(0, 2));
    clock.goOn(9);
    await hears(subscriber, ...steps);
    expect(await app.head()).toBe(head);
    await subscriber.leave();
  });

  it('keeps organizations apart', async () => {
    const [one, other] = [await furnished(), await furnished()];
    const [ofOne, ofOther] = [await follow(one.viewer.token), await follow(other.viewer.token)];
    await withCustomer(one, 'a', 'gold', null);
    await withCustomer(other, 'b', 'gold', null);
    await hears(ofOne, 'a NO_ACTIVE_CONTRACT OPEN');
    await hears(ofOther, 'b NO_ACTIVE_CONTRACT OPEN');
    await Promise.all([ofOne.leave(), ofOther.leave()]);
  });

  it('is for those who may read, and leaves nothing behind when they go', async () => {
    const organization = await furnished();
    const stranger = await Subscriber.acknowledged(
      app.url,
      (await keyHolder(app, organization, 'tickets:write')).token,
    );
    stranger.subscribe(CHANGED);
    expect(await stranger.until(({ type }) => type === 'error')).toMatchObject({
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    await stranger.leave();
    const followers = [await follow(organization.viewer.token), await follow(organization.member.token)];
    expect(app.core.exceptionFeed.watched).toBe(1);
    for (const follower of followers) await follower.leave();
    await eventually(() => expect(app.core.exceptionFeed.watched).toBe(0));
  });

  it('ends with the token', async () => {
    const organization = await furnished();
    // Tokens are issued by the machine's clock.
    const ahead = (Date.parse(clock.now()) - Date.now()) / 1000;
    const whose = { orgId: organization.id, subject: 'vera', roles: ['viewer'] };
    const { token } = await app.core.issuer!.issue({ ...whose, ttl: Math.ceil(ahead) + 2 * 24 * 3600 });
    const subscriber = await follow(token);
    clock.goOn(3);
    await withCustomer(organization, 'late', 'gold', null);
    expect((await subscriber.ended()).code).toBe(4403);
    expect(told(subscriber)).toEqual([]);
  });
});
