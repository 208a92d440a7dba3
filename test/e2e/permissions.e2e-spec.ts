import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type App } from '../support/app.js';
import { keyHolder, newOrganization } from '../support/new-organization.js';
import { tier, withCustomer, withTiers } from '../support/samples.js';
import type { Caller } from '../support/caller.js';
import type { Change, Connection, Import, ImportPayload, Matrix, SlaException } from '../support/answers.js';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('who may do what', () => {
  it('leaves approving and rejecting to admins', async () => {
    const { as, member, viewer, compliance } = await newOrganization(app);
    const change = await member.done('proposeTierTerms', tier('gold'));
    const max = await as('max', 'member');
    for (const caller of [max, viewer, compliance]) {
      const decide = { changeId: change.id, revision: 1 };
      expect((await caller.refused('approveChange', decide)).code).toBe('FORBIDDEN');
      expect((await caller.refused('rejectChange', { ...decide, reason: 'no' })).code).toBe('FORBIDDEN');
    }
    expect((await max.query<Change>('change', { id: change.id })).status).toBe('PROPOSED');
  });

  it('lets viewers and compliance read, and change nothing', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'torn', 'gold', 'silver');
    const { id: exceptionId } = (await organization.viewer.lookup({ customerId: 'torn' })) as SlaException;
    const head = await app.head();
    for (const caller of [organization.viewer, organization.compliance]) {
      expect((await caller.refused('proposeTierTerms', tier('platinum'))).code).toBe('FORBIDDEN');
      expect((await caller.refused('remapCustomer', { customerId: 'c', toTier: 'gold' })).code).toBe(
        'FORBIDDEN',
      );
      const note = await caller.mutate<{ userErrors: { code: string }[] }>('acknowledgeException', {
        exceptionId,
        note: 'mine',
      });
      expect(note.userErrors[0]?.code).toBe('FORBIDDEN');
      const imported = await caller.mutate<{ userErrors: { code: string }[] }>('importReference', {
        input: { csv: 'customer_id,mapped_tier\nc,gold\n' },
      });
      expect(imported.userErrors[0]?.code).toBe('FORBIDDEN');
      expect((await caller.query<Matrix>('matrix')).tiers).toHaveLength(2);
      expect(await caller.lookup({ customerId: 'torn' })).toMatchObject({ kind: 'TIER_MISMATCH' });
    }
    // What was tried is on the record; nothing else is new.
    for await (const { type } of app.core.events.readAll({ after: head })) expect(type).toBe('ActionRefused');
  });

  it('gives keys their scopes and nothing else', async () => {
    const organization = await withTiers(await newOrganization(app));
    await withCustomer(organization, 'calm', 'gold');
    const reading = await keyHolder(app, organization, 'lookup:read');
    expect(await reading.lookup({ customerId: 'calm' })).toMatchObject({ tier: 'gold' });
    expect((await reading.refused('proposeTierTerms', tier('x'))).code).toBe('FORBIDDEN');
    const writing = await keyHolder(app, organization, 'tickets:write', 'feed:read');
    expect(await writing.failure('query', 'lookup', { input: { customerId: 'calm' } })).toBe('FORBIDDEN');
    expect((await writing.rest('/v1/lookup?customerId=calm')).status).toBe(403);
    const importing = await keyHolder(app, organization, 'reference:import');
    const csv = { method: 'POST', headers: { 'content-type': 'text/csv' } };
    const body = 'customer_id,mapped_tier\nC-9,gold\n';
    expect((await importing.rest('/v1/import/reference', { ...csv, body })).status).toBe(202);
    expect((await reading.rest('/v1/import/reference', { ...csv, body })).status).toBe(403);
    // Whoever may not import learns nothing of what is wrong with the sheet; the log has it.
    expect((await reading.rest('/v1/import/reference', { method: 'POST' })).status).toBe(403);
    await app.caughtUp();
    const refused = { filter: { type: 'ActionRefused' } };
    const { nodes } = await organization.admin.query<Connection<object>>('auditLog', refused);
    expect(nodes.slice(0, 2)).toMatchObject([
      { after: { action: 'ImportReference', code: 'FORBIDDEN' }, via: 'rest' },
      { after: { action: 'ImportReference', code: 'FORBIDDEN' }, via: 'rest' },
    ]);
    expect(await importing.failure('query', 'matrix')).toBe('FORBIDDEN');
  });

  it('lets a key that may only import see what came of its own imports', async () => {
    const organization = await withTiers(await newOrganization(app));
    const importing = await keyHolder(app, organization, 'reference:import');
    const imported = (by: Caller, customer: string) =>
      by.mutate<ImportPayload>('importReference', {
        input: { csv: `customer_id,mapped_tier\n${customer},gold\n` },
      });
    const own = await imported(importing, 'C-1');
    const others = await imported(organization.member, 'C-2');
    const seen = await importing.query<Import>('import', { id: own.import!.id });
    expect(seen).toMatchObject({ status: 'READY', total: 1 });
    expect(await importing.query('import', { id: others.import!.id })).toBeNull();
    const following = await keyHolder(app, organization, 'feed:read');
    expect(await following.failure('query', 'import', { id: own.import!.id })).toBe('FORBIDDEN');
  });

  it('tells callers without a good token nothing but that', async () => {
    const { http } = app;
    const matrix = '{ matrix { position } }';
    for (const token of [null, 'nonsense', 'a.b.c']) {
      const answer = await http.gql(token, matrix);
      expect([answer.status, answer.errors[0]?.extensions.code, answer.data ?? null]).toEqual([
        401,
        'UNAUTHENTICATED',
        null,
      ]);
      const rest = await http.rest<{ code: string }>(token, '/v1/lookup?customerId=x');
      expect([rest.status, rest.json?.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(rest.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });
});
