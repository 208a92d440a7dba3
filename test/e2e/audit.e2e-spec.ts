import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { newOrganization, type Organization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';
import type { Change, Connection } from '../support/answers.js';
import {
  CURRENT_MATRIX,
  type MatrixDocument,
} from '../../src/application/read-models/current-matrix.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';

interface Entry {
  readonly position: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly roles: readonly string[];
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly changeId: string | null;
  readonly reason: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly via: string;
}
interface Replay {
  readonly position: string;
  readonly events: number;
  readonly matrix: { readonly tiers: readonly { readonly key: string; readonly rank: number }[] };
  readonly stateHash: string;
  readonly differences: readonly {
    readonly readModel: string;
    readonly id: string;
    readonly served: unknown;
  }[];
}

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const logOf = ({ compliance }: Organization, filter: object = {}, page: object = {}) =>
  compliance.query<Connection<Entry>>('auditLog', { filter, ...page });
const replayOf = ({ compliance }: Organization, point: object = {}) =>
  compliance.query<Replay>('auditReplay', { ...point });

describe('the audit log', () => {
  it('says who did what about a change, from what to what', async () => {
    const organization = await newOrganization(app);
    await organization.live('proposeTierTerms', tier('gold', 1));
    const second = await organization.member.done('proposeTierTerms', {
      ...tier('gold', 2),
      reason: 'Renewal',
    });
    await organization.admin.approve(second, { comment: 'Fine' });
    const { nodes, totalCount } = await logOf(organization, { changeId: second.id });
    expect(totalCount).toBe(2);
    expect(nodes).toMatchObject([
      {
        type: 'ChangeApproved',
        actor: 'ada',
        roles: ['admin'],
        subject: { kind: 'TIER', id: 'gold' },
        before: { rank: 1 },
        after: { rank: 2 },
        reason: 'Renewal',
        via: 'graphql',
      },
      { type: 'ChangeProposed', actor: 'mia', before: { rank: 1 }, after: { rank: 2 }, reason: 'Renewal' },
    ]);
  });

  it('answers by actor, subject, type and time, page by page, and nothing of anybody else', async () => {
    const organization = await withTiers(await newOrganization(app));
    const other = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'calm', 'gold');
    const whole = (await logOf(organization)).nodes;
    const filters: readonly [object, (entry: Entry) => boolean][] = [
      [{ actor: 'mia' }, ({ actor }) => actor === 'mia'],
      [{ type: 'ChangeApproved' }, ({ type }) => type === 'ChangeApproved'],
      [{ subject: { kind: 'CUSTOMER', id: 'CALM' } }, ({ subject }) => subject?.kind === 'CUSTOMER'],
      [
        { actor: 'ada', type: 'ChangeApproved' },
        ({ actor, type }) => actor === 'ada' && type === 'ChangeApproved',
      ],
      [{ from: whole[3]!.recordedAt }, ({ recordedAt }) => recordedAt >= whole[3]!.recordedAt],
      [
        { actor: 'mia', to: whole[3]!.recordedAt },
        ({ actor, recordedAt }) => actor === 'mia' && recordedAt < whole[3]!.recordedAt,
      ],
    ];
    for (const [filter, holds] of filters) {
      const { nodes, totalCount } = await logOf(organization, filter);
      expect(nodes).toEqual(whole.filter(holds));
      expect(totalCount).toBe(nodes.length);
    }
    const first = await logOf(organization, {}, { first: 3 });
    const next = await logOf(organization, {}, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...next.nodes]).toEqual(whole.slice(0, 6));
    expect((await logOf(other, { subject: { kind: 'CUSTOMER', id: 'calm' } })).nodes).toEqual([]);
  });

  it('is for compliance and admins', async () => {
    const organization = await newOrganization(app);
    expect((await organization.admin.query<Connection<Entry>>('auditLog')).nodes.length).toBeGreaterThan(0);
    for (const caller of [organization.viewer, organization.member])
      for (const query of ['auditLog', 'auditReplay'])
        expect(await caller.failure('query', query)).toBe('FORBIDDEN');
  });

  it('is exported whole, the earliest first, to those who may read it', async () => {
    const organization = await withTiers(await newOrganization(app));
    const { compliance, member } = organization;
    const { text, headers } = await compliance.rest('/v1/export/audit.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [headings, ...records] = text.trimEnd().split('\r\n');
    expect(headings).toMatch(/^position,recorded_at,actor,roles,type,subject_kind,/);
    const { nodes } = await logOf(organization);
    expect(records.map((record) => record.slice(0, 20))).toEqual(
      nodes.map(({ position }) => position).reverse(),
    );
    const { text: before } = await compliance.rest(`/v1/export/audit.csv?knownAt=${nodes[1]!.recordedAt}`);
    expect(before.trimEnd().split('\r\n').length).toBeLessThan(records.length + 1);
    expect((await member.rest('/v1/export/audit.csv')).status).toBe(403);
  });

  it('names those who tried to approve what they may not', async () => {
    const [acme, other] = [await newOrganization(app), await newOrganization(app)];
    const own = await acme.admin.done('proposeTierTerms', tier('gold'));
    const { id: changeId, revision } = own;
    await acme.admin.refused('approveChange', { changeId, revision });
    await acme.viewer.refused('approveChange', { changeId, revision });
    await other.admin.refused('approveChange', { changeId, revision });
    // A refusal has no position that its caller could wait for.
    await app.caughtUp();
    const { nodes } = await logOf(acme, { type: 'ActionRefused' });
    expect(nodes).toMatchObject([
      { actor: 'vera', changeId, after: { action: 'ApproveChange', code: 'FORBIDDEN' } },
      { actor: 'ada', changeId, after: { action: 'ApproveChange', code: 'SELF_APPROVAL' } },
    ]);
    const elsewhere = await logOf(other, { type: 'ActionRefused' });
    expect(elsewhere.nodes).toMatchObject([
      { actor: 'ada', changeId, subject: null, after: { code: 'NOT_FOUND' } },
    ]);
  });
});

describe('the audit replay', () => {
  it('finds nothing on a healthy system, and the same state every time', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'torn', 'gold', 'silver');
    const first = await replayOf(organization);
    expect(first).toMatchObject({
      differences: [],
      stateHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      matrix: { tiers: [{ key: 'gold' }, { key: 'silver' }] },
    });
    expect(first.events).toBeGreaterThan(10);
    // What others do moves positions, and nothing else.
    await withTiers(await newOrganization(app));
    expect(await replayOf(organization)).toMatchObject({ stateHash: first.stateHash, events: first.events });
    await organization.live('proposeTierTerms', tier('bronze', 0));
    expect((await replayOf(organization)).stateHash).not.toBe(first.stateHash);
  });

  it('goes back to any time or position', async () => {
    const organization = await newOrganization(app);
    await organization.live('proposeTierTerms', tier('gold', 1));
    const then = await replayOf(organization);
    const at = (await logOf(organization)).nodes[0]!.recordedAt;
    await organization.live('proposeTierTerms', tier('gold', 5));
    await organization.live('proposeTierTerms', tier('silver', 2));
    const { matrix: _, ...expected } = then;
    for (const point of [{ position: then.position }, { at }]) {
      const again = await replayOf(organization, point);
      expect(again).toMatchObject(expected);
      expect(again.matrix.tiers).toMatchObject([{ key: 'gold', rank: 1 }]);
    }
    expect((await replayOf(organization)).matrix.tiers).toMatchObject([{ rank: 5 }, { rank: 2 }]);
    expect(
      await organization.compliance.failure('query', 'auditReplay', { at, position: then.position }),
    ).toBe('INVALID_INPUT');
  });

  it('finds a document that was changed by hand', async () => {
    const organization = await withTiers(await newOrganization(app));
    const { reads, events } = app.core;
    const key = documentKey(organization.id, 'TIER', 'gold');
    const served = (await reads.get(CURRENT_MATRIX, key)) as MatrixDocument;
    const forged = { ...served, versions: served.versions.map((mark) => ({ ...mark, changeId: 'forged' })) };
    const checkpoint = (await reads.checkpoint(CURRENT_MATRIX))!;
    await reads.commit(CURRENT_MATRIX, {
      writes: [{ key, document: forged, position: await events.head() }],
      checkpoint,
      expectedCheckpoint: checkpoint,
    });
    const { differences } = await replayOf(organization);
    expect(differences).toMatchObject([
      { readModel: 'current-matrix', id: key, served: forged, replayed: served },
    ]);
  });

  it('holds while changes go on', async () => {
    const organization = await withTiers(await newOrganization(app));
    let going = true;
    const writing = (async () => {
      const made: Change[] = [];
      for (let i = 0; going; i++)
        made.push(await organization.live('remapCustomer', { customerId: `C-${i}`, toTier: 'gold' }));
      return made;
    })();
    for (let i = 0; i < 3; i++) expect((await replayOf(organization)).differences).toEqual([]);
    going = false;
    expect((await writing).length).toBeGreaterThan(0);
  });
});
