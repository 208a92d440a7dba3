import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection, Version } from '../support/answers.js';
import { startApp, type App } from '../support/app.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { policy, terms, tier, withTiers } from '../support/samples.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const furnished = async (): Promise<Organization> => withTiers(await newOrganization(app));

describe('many at the same time', () => {
  const goldVersions = async ({ viewer }: Organization) => {
    const subject = { kind: 'TIER', id: 'gold' };
    return (await viewer.query<Connection<Version>>('history', { subject, first: 200 })).nodes;
  };

  it('makes one version of one change, whoever approves it', async () => {
    const organization = await furnished();
    const change = await organization.member.done('proposeTierTerms', tier('gold', 5));
    const approvers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => organization.as(`admin-${place}`, 'admin')),
    );
    const answers = await Promise.all(
      approvers.map((approver) => approver.change('approveChange', { changeId: change.id, revision: 1 })),
    );
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort();
    expect(codes).toEqual(['DONE', ...Array<string>(19).fill('NOT_OPEN')]);
    expect(await goldVersions(organization)).toHaveLength(2);
  });

  it('records each of two people once for a quorum of two', async () => {
    const organization = await furnished();
    await organization.live('proposeApprovalPolicy', policy({ defaultApprovals: 2 }));
    const change = await organization.member.done('proposeTierTerms', tier('gold', 5));
    const input = { changeId: change.id, revision: 1 };
    const { admin, admiral } = organization;
    const all = Array.from({ length: 20 }, (_, place) =>
      (place % 2 ? admin : admiral).change('approveChange', input),
    );
    const codes = (await Promise.all(all)).map(({ userErrors }) => userErrors[0]?.code ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(2);
    expect(codes.filter((code) => code !== 'DONE').every((code) => /ALREADY|NOT_OPEN/.test(code))).toBe(true);
    const latest = (await goldVersions(organization)).at(-1);
    expect([...latest!.approvedBy].sort()).toEqual(['abe', 'ada']);
  });

  it('never numbers two versions alike and never loses a decision', async () => {
    const organization = await furnished();
    const { member, admin } = organization;
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const writers = Array.from({ length: 64 }, async (_, writer) => {
        const change = await member.done('proposeTierTerms', tier('gold', 100 + round * 64 + writer));
        const decided = await admin.change('approveChange', { changeId: change.id, revision: 1 });
        if (decided.change?.status === 'APPROVED') acknowledged.push(change.id);
        else expect(decided.userErrors[0]?.code).toBe('STALE');
      });
      await Promise.all(writers);
    }
    const versions = await goldVersions(organization);
    expect(versions.map(({ number }) => number)).toEqual(versions.map((_, place) => place + 1));
    expect(versions.map(({ changeId }) => changeId)).toEqual(expect.arrayContaining(acknowledged));
    expect(versions).toHaveLength(acknowledged.length + 1);
  });

  it('names the first of many proposals that say the same', async () => {
    const { member, as } = await furnished();
    const max = await as('max', 'member');
    const input = { ...tier('platinum', 4), terms: terms(3) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => (place % 2 ? member : max).change('proposeTierTerms', input)),
    );
    const [first, ...others] = answers.filter(({ change }) => change !== null);
    expect(others).toEqual([]);
    const refusals = answers.flatMap(({ userErrors }) => userErrors);
    expect(refusals).toHaveLength(19);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: 'DUPLICATE', existingId: first!.change!.id });
  });
});
