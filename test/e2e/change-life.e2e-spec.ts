import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization } from '../support/new-organization.js';
import { contract, policy, tier, withCustomer, withTiers } from '../support/samples.js';
import type { Change, Connection, Matrix, Version } from '../support/answers.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('the life of a change', () => {
  const proposedTier = async () => {
    const organization = await newOrganization(app);
    return { ...organization, change: await organization.member.done('proposeTierTerms', tier('gold')) };
  };

  it('voids approvals when it is revised, and refuses the older revision', async () => {
    const { live, member, admin, admiral } = await newOrganization(app);
    await live('proposeApprovalPolicy', policy({ defaultApprovals: 2 }));
    const change = await member.done('proposeTierTerms', tier('gold'));
    expect((await admin.approve(change)).approvals).toEqual(['ada']);
    const revised = await member.done('reviseChange', {
      changeId: change.id,
      content: { ...change.content, rank: 7 },
    });
    expect(revised).toMatchObject({ revision: 2, approvals: [], status: 'PROPOSED' });
    const refusal = await admiral.refused('approveChange', { changeId: change.id, revision: 1 });
    expect(refusal).toMatchObject({ code: 'STALE', path: ['revision'] });
    expect((await admiral.approve(revised)).status).toBe('PROPOSED');
    expect((await admin.approve(revised)).status).toBe('APPROVED');
  });

  it('goes stale when its subject gains a version, and revising it is the way out', async () => {
    const { member, admin } = await newOrganization(app);
    const first = await member.done('proposeTierTerms', tier('gold', 1));
    const second = await member.done('proposeTierTerms', tier('gold', 2));
    await admin.approve(first);
    expect(await member.query<Change>('change', { id: second.id })).toMatchObject({
      stale: true,
      baseVersion: null,
    });
    const refusal = await admin.refused('approveChange', { changeId: second.id, revision: 1 });
    expect(refusal.code).toBe('STALE');
    expect(refusal.message).toContain('revise');
    const revised = await member.done('reviseChange', { changeId: second.id, content: second.content });
    expect(revised).toMatchObject({ stale: false, baseVersion: 1, revision: 2 });
    expect((await admin.approve(revised)).status).toBe('APPROVED');
  });

  it('is withdrawn by its proposer or an admin, and by nobody else', async () => {
    const { as, member, admin, change } = await proposedTier();
    const max = await as('max', 'member');
    expect(await max.refused('withdrawChange', { changeId: change.id })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await member.done('withdrawChange', { changeId: change.id, reason: 'oops' })).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect(await admin.refused('approveChange', { changeId: change.id, revision: 1 })).toMatchObject({
      code: 'NOT_OPEN',
    });
    const other = await member.done('proposeTierTerms', tier('gold'));
    expect((await admin.done('withdrawChange', { changeId: other.id })).status).toBe('WITHDRAWN');
  });

  it('is rejected with a reason only, and is over then', async () => {
    const { member, admin, change } = await proposedTier();
    const reject = { changeId: change.id, revision: 1 };
    expect(await admin.refused('rejectChange', { ...reject, reason: '  ' })).toMatchObject({
      code: 'REASON_REQUIRED',
      path: ['reason'],
    });
    const rejected = await admin.done('rejectChange', { ...reject, reason: 'too generous' });
    expect(rejected.status).toBe('REJECTED');
    expect(rejected.timeline.at(-1)).toMatchObject({ kind: 'REJECTED', actor: 'ada', text: 'too generous' });
    expect(rejected.decidedAt).toBe(rejected.timeline.at(-1)!.at);
    const revision = { changeId: change.id, content: change.content };
    expect(await member.refused('reviseChange', revision)).toMatchObject({ code: 'NOT_OPEN' });
  });

  it('takes comments from those who may propose', async () => {
    const { member, admin, viewer, change } = await proposedTier();
    const commented = await admin.done('commentOnChange', { changeId: change.id, text: 'Why so fast?' });
    await member.done('commentOnChange', { changeId: change.id, text: 'They pay for it.\nReally.' });
    expect(commented.timeline.at(-1)).toMatchObject({ kind: 'COMMENT', text: 'Why so fast?' });
    expect(await member.refused('commentOnChange', { changeId: change.id, text: ' ' })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['text'],
    });
    expect(await viewer.refused('commentOnChange', { changeId: change.id, text: 'me too' })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('names the first of two proposals that say the same', async () => {
    const { as, member, change } = await proposedTier();
    const max = await as('max', 'member');
    for (const caller of [member, max])
      expect(await caller.refused('proposeTierTerms', tier('gold'))).toMatchObject({
        code: 'DUPLICATE',
        existingId: change.id,
      });
    // Another spelling of the same key and of the same content is the same proposal.
    expect(await max.refused('proposeTierTerms', { ...tier('gold'), key: ' gold ' })).toMatchObject({
      code: 'DUPLICATE',
      existingId: change.id,
    });
  });

  it('keeps a contract ID with its customer', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'CUST-1', 'gold');
    const moved = contract(' ctr-cust-1', 'CUST-2', 'gold');
    expect(await organization.member.refused('proposeContract', moved)).toMatchObject({
      code: 'DUPLICATE',
      path: ['contractId'],
      existingId: 'CTR-CUST-1',
    });
  });

  it('needs as many people as the policy asks, each once, by kind and by tier', async () => {
    const organization = await withTiers(await newOrganization(app));
    const { live, member, admin, admiral } = organization;
    const rules = [
      { kind: 'REMAP', approvals: 2 },
      { tier: 'gold', approvals: 3 },
    ];
    await live('proposeApprovalPolicy', policy({ rules }));
    const remap = await member.done('remapCustomer', { customerId: 'c1', toTier: 'silver' });
    expect(remap.approvalsNeeded).toBe(2);
    expect(await admin.approve(remap)).toMatchObject({ status: 'PROPOSED', approvals: ['ada'] });
    expect(await admin.refused('approveChange', { changeId: remap.id, revision: 1 })).toMatchObject({
      code: 'ALREADY_APPROVED_BY_YOU',
    });
    expect(await organization.viewer.lookup({ customerId: 'c1' })).toMatchObject({
      __typename: 'UnknownCustomer',
    });
    expect(await admiral.approve(remap)).toMatchObject({ status: 'APPROVED', approvals: ['ada', 'abe'] });
    const toGold = await member.done('remapCustomer', { customerId: 'c1', toTier: 'gold' });
    expect(toGold.approvalsNeeded).toBe(3);
    const coverage = { key: 'nights', timeZone: 'UTC', windows: [{ day: 1, start: '22:00', end: '06:00' }] };
    expect((await member.done('proposeCoverage', coverage)).approvalsNeeded).toBe(1);
  });

  it('no longer counts an approver who has lost the role', async () => {
    const { id, live, member, admin, as } = await newOrganization(app);
    await live('proposeApprovalPolicy', policy({ defaultApprovals: 2 }));
    const { organizations } = app.core;
    const lost = { orgId: id, email: 'lou@example.test', name: 'Lou' };
    await organizations.addPerson({ ...lost, roles: ['admin'] });
    const lou = await as('lou@example.test', 'admin');
    const change = await member.done('proposeTierTerms', tier('gold'));
    await lou.approve(change);
    await organizations.addPerson({ ...lost, roles: ['viewer'] });
    expect(await admin.approve(change)).toMatchObject({ status: 'PROPOSED' });
    const abe = await as('abe', 'admin');
    expect((await abe.approve(change)).status).toBe('APPROVED');
    const { nodes } = await abe.query<Connection<Version>>('history', {
      subject: { kind: 'TIER', id: 'gold' },
    });
    expect(nodes[0]?.approvedBy).toEqual(['ada', 'abe']);
  });

  it('is not approved by its proposer unless the policy says so, and then says so for ever', async () => {
    const { live, admin, viewer } = await newOrganization(app);
    const change = await admin.done('proposeTierTerms', tier('gold'));
    expect(await admin.refused('approveChange', { changeId: change.id, revision: 1 })).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    await live('proposeApprovalPolicy', policy({ allowSelfApproval: true }));
    expect((await admin.approve(change)).status).toBe('APPROVED');
    const { tiers } = await viewer.query<Matrix>('matrix');
    expect(tiers[0]!.version).toMatchObject({ selfApproved: true, approvedBy: ['ada'] });
  });

  it('is backdated only where the policy allows it, with a reason and a mark', async () => {
    const { live, member, admin, viewer } = await newOrganization(app);
    const past = { ...tier('gold'), effectiveFrom: '2026-03-01T00:00:00Z' };
    expect(await member.refused('proposeTierTerms', { ...past, reason: 'sorry' })).toMatchObject({
      code: 'BACKDATING_NOT_ALLOWED',
      path: ['effectiveFrom'],
    });
    await live('proposeApprovalPolicy', policy({ allowBackdating: true }));
    expect(await member.refused('proposeTierTerms', past)).toMatchObject({
      code: 'REASON_REQUIRED',
      path: ['reason'],
    });
    await admin.approve(await member.done('proposeTierTerms', { ...past, reason: 'sorry' }));
    const { tiers } = await viewer.query<Matrix>('matrix', { at: '2026-03-02T00:00:00Z' });
    expect(tiers[0]!.version).toMatchObject({ backdated: true, effectiveFrom: '2026-03-01T00:00:00.000Z' });
  });

  it('asks for a reason where the policy does', async () => {
    const { live, member } = await newOrganization(app);
    await live('proposeApprovalPolicy', policy({ requireReason: true }));
    for (const reason of [undefined, '', '  '])
      expect(await member.refused('proposeTierTerms', { ...tier('gold'), reason })).toMatchObject({
        code: 'REASON_REQUIRED',
      });
    await member.done('proposeTierTerms', { ...tier('gold'), reason: 'renewal' });
  });

  it('stays about the subject it was proposed for', async () => {
    const { member, change } = await proposedTier();
    const content = { ...change.content, key: 'platinum' };
    expect(await member.refused('reviseChange', { changeId: change.id, content })).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['content'],
    });
    const { as } = await proposedTier();
    expect((await (await as('x', 'viewer')).query('change', { id: change.id })) ?? null).toBeNull();
  });
});
