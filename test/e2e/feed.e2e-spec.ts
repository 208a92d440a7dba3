import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withTiers } from '../support/samples.js';
import { Subscriber } from '../support/subscriber.js';
import { positionText } from '../../src/application/read-models/document-key.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** Proposed one by one and approved all at once; the positions of the versions, in log order. */
const approveMany = async ({ id, member, admin }: Organization, count: number) => {
  const before = await app.head();
  const proposals = [];
  for (let i = 0; i < count; i++)
    proposals.push(await member.done('remapCustomer', { customerId: `C-${i}`, toTier: 'gold' }));
  await Promise.all(proposals.map((proposal) => admin.approve(proposal)));
  return approvedPositions(id, before);
};

/** The end of the log, as a caller passes it on. A new organization has its default coverages behind it. */
const here = async (): Promise<string> => positionText(await app.head());

const approvedPositions = async (orgId: string, after = 0n): Promise<string[]> => {
  const positions = [];
  for await (const event of app.core.events.readAll({ after, types: ['ChangeApproved', 'ImportRowApplied'] }))
    if (event.metadata.orgId === orgId) positions.push(positionText(event.position));
  return positions;
};

describe('the feed of approved changes', () => {
  it('replays what was missed, then follows', async () => {
    const organization = await newOrganization(app);
    const beginning = await here();
    const gold = await organization.live('proposeTierTerms', tier('gold'));
    const start = await Subscriber.follow(app.url, organization.viewer.token, beginning);
    expect((await start.received(1))[0]).toMatchObject({
      change: { id: gold.id, kind: 'TIER_TERMS', status: 'APPROVED' },
      version: { number: 1, subject: { kind: 'TIER', id: 'gold' }, changeId: gold.id, approvedBy: ['ada'] },
    });
    const silver = await organization.live('proposeTierTerms', tier('silver'));
    const changes = await start.received(2);
    expect(changes[1]).toMatchObject({
      change: { id: silver.id },
      version: { position: changes[1]!.position },
    });

    const resumed = await Subscriber.follow(app.url, organization.viewer.token, changes[0]!.position);
    expect(await resumed.received(1)).toEqual([changes[1]]);
    await Promise.all([start.leave(), resumed.leave()]);
  });

  it('starts now where no position is given', async () => {
    const organization = await newOrganization(app);
    await organization.live('proposeTierTerms', tier('gold'));
    const subscriber = await Subscriber.follow(app.url, organization.member.token);
    await app.core.feed.next(organization.id, 0n, 1, AbortSignal.timeout(0));
    const silver = await organization.live('proposeTierTerms', tier('silver'));
    expect(await subscriber.received(1)).toMatchObject([{ change: { id: silver.id } }]);
    await subscriber.leave();
  });

  it('gives 200 concurrent approvals in log order, none lost and none twice', async () => {
    const organization = await withTiers(await newOrganization(app));
    const beginning = await here();
    const subscribers = await Promise.all(
      Array.from({ length: 5 }, () => Subscriber.follow(app.url, organization.viewer.token, beginning)),
    );
    const positions = await approveMany(organization, 200);
    expect(positions).toHaveLength(200);
    for (const subscriber of subscribers) {
      await subscriber.received(200);
      expect(subscriber.positions).toEqual(positions);
      await subscriber.leave();
    }
  });

  it('comes from every process on the same stores, in the same order', async () => {
    const other = await startApp({ dataDir: app.dataDir, stores: app.stores.urls });
    const organization = await withTiers(await newOrganization(app));
    const beginning = await here();
    const subscribers = await Promise.all(
      [app, other].map(({ url }) => Subscriber.follow(url, organization.viewer.token, beginning)),
    );
    const positions = await approveMany(organization, 20);
    for (const subscriber of subscribers) {
      await subscriber.received(20);
      expect(subscriber.positions).toEqual(positions);
      await subscriber.leave();
    }
    await other.close();
  });

  it('tells organizations apart', async () => {
    const [acme, other] = await Promise.all([newOrganization(app), newOrganization(app)]);
    const beginning = await here();
    const ofAcme = await Subscriber.follow(app.url, acme.viewer.token, beginning);
    const ofOther = await Subscriber.follow(app.url, other.viewer.token, beginning);
    for (let i = 0; i < 3; i++) {
      await acme.live('proposeTierTerms', tier(`acme-${i}`));
      await other.live('proposeTierTerms', tier(`other-${i}`));
    }
    await Promise.all([ofAcme.received(3), ofOther.received(3)]);
    expect(ofAcme.changes.map(({ version }) => version.subject.id)).toEqual(['acme-0', 'acme-1', 'acme-2']);
    expect(ofOther.changes.map(({ version }) => version.subject.id)).toEqual([
      'other-0',
      'other-1',
      'other-2',
    ]);
    await Promise.all([ofAcme.leave(), ofOther.leave()]);
  });

  it('is refused to those who may not follow, and for a position that is not there', async () => {
    const organization = await newOrganization(app);
    const key = await app.key(organization.id, ['tickets:write']);
    const stranger = await Subscriber.follow(app.url, key);
    expect(await stranger.until(({ type }) => type === 'error')).toMatchObject({
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    const future = positionText((await app.head()) + 1n);
    const early = await Subscriber.follow(app.url, organization.viewer.token, future);
    expect(await early.until(({ type }) => type === 'error')).toMatchObject({
      payload: [{ message: expect.stringContaining('not reached'), extensions: { code: 'INVALID_INPUT' } }],
    });
    await Promise.all([stranger.leave(), early.leave()]);
  });
});

describe('restarts under load', () => {
  it('lose nothing and repeat nothing, twenty times', async () => {
    const own = await startApp();
    const organization = await newOrganization(own);
    const token = organization.viewer.token;
    const seen: string[] = [];
    for (let round = 0; round < 20; round++) {
      const subscriber = await Subscriber.follow(own.url, token, seen.at(-1) ?? '0');
      const proposal = await organization.member.done('proposeTierTerms', tier(`tier-${round}`));
      const { id: changeId, revision } = proposal;
      const deciding = organization.admin.ask('mutation', 'approveChange', { input: { changeId, revision } });
      // Every other time the server goes while the change is on its way to the subscriber.
      if (round % 2 === 0) await subscriber.received(1);
      else await deciding;
      const ended = subscriber.ended();
      await Promise.allSettled([deciding, own.restart()]);
      expect((await ended).code).toBe(1001);
      seen.push(...subscriber.positions);
    }
    const last = await Subscriber.follow(own.url, token, seen.at(-1) ?? '0');
    const expected: string[] = [];
    for await (const { metadata, position } of own.core.events.readAll({ types: ['ChangeApproved'] }))
      if (metadata.orgId === organization.id) expected.push(positionText(position));
    await last.received(expected.length - seen.length);
    expect([...seen, ...last.positions]).toEqual(expected);
    await last.leave();
    await own.close();
  });
});
