import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openCore, type Core } from '../../src/composition/core.js';
import { deliveryStream } from '../../src/domain/shared/streams.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { createLogger } from '../../src/infrastructure/observability/logger.js';
import { eventually } from '../support/eventually.js';
import { Receivers } from '../support/receivers.js';
import { temporaryFolder } from '../support/sheets.js';

/** KILLS lengthens it: 100 for a release. */
const KILLS = Number(process.env['KILLS'] ?? 2);
const CHANGES_PER_KILL = 60;
/** As many acknowledged entries as may not be recorded yet. */
const MOST_REPEATED = 50;
const HOSTS = ['one.example', 'two.example', 'three.example'];
const PATIENCE_MS = 60_000;

jest.setTimeout((1 + KILLS) * PATIENCE_MS);

let dataDir: string;
let core: Core;
let receivers: Receivers;
beforeEach(async () => {
  dataDir = temporaryFolder();
  receivers = await Receivers.open();
  const config = readConfig({ DATA_DIR: dataDir, SLA_DEMO: 'off' });
  const webhookSender = receivers.sender;
  core = await openCore(config, createLogger({ level: 'silent' }), { webhookSender });
  await core.organizations.createOrganization({ orgId: 'acme' });
});
afterEach(async () => {
  await core.close();
  await receivers.close();
  await rm(dataDir, { recursive: true });
});

/** As {@link once} it is up, kills it whenever told to. */
const delivering = () => {
  const loader = join(import.meta.dirname, '../crash/typescript-loader.mjs');
  const script = join(import.meta.dirname, 'delivering-process.ts');
  const args = ['--no-warnings', '--import', loader, script, dataDir, String(receivers.port)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
};

const as = (subject: string, role: 'member' | 'admin') => ({
  principal: { subject, orgId: 'acme', roles: [role], kind: 'user' as const, scopes: [] },
  via: 'cli' as const,
  correlationId: 'c',
});

const approved = async (key: string): Promise<void> => {
  const { changes } = core;
  const subject = { kind: 'TIER' as const, id: key };
  const terms = { commitments: [], channels: [], features: [] };
  const content = { key, name: key, rank: 1, terms };
  const proposing = changes.issue(as('mia', 'member'), null, 'propose', key);
  const changeId = changes.changeIdOf(proposing);
  const proposal = {
    type: 'ProposeChange' as const,
    changeId,
    kind: 'TIER_TERMS' as const,
    subject,
    content,
  };
  await changes.decide(proposing, subject, proposal);
  const approving = changes.issue(as('ada', 'admin'), null, 'approve', key);
  await changes.decide(approving, subject, { type: 'ApproveChange', changeId, revision: 1 });
};

it('loses no delivery and changes no order, however often the worker is killed', async () => {
  const created = await Promise.all(
    HOSTS.map((host) => core.webhooks.create(as('ada', 'admin'), { url: `https://${host}/` })),
  );
  const beginning = await core.events.head();
  const repeatsOf = (host: string): number =>
    receivers.of(host).length - new Set(receivers.positionsOf(host)).size;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = HOSTS.map((host) => new Set(receivers.positionsOf(host)).size);
    const killed = delivering();
    const writing = (async () => {
      for (let i = 0; i < CHANGES_PER_KILL; i++) await approved(`tier-${kill}-${i}`);
    })();
    // Somewhere in the middle of it, a different place every time.
    const enough = (CHANGES_PER_KILL * (kill + 1)) / (KILLS + 1);
    const reached = (): void =>
      HOSTS.forEach((host, i) =>
        expect(new Set(receivers.positionsOf(host)).size).toBeGreaterThan(before[i]! + enough),
      );
    await eventually(reached, PATIENCE_MS);
    await killed();
    await writing;
    for (const [i, { webhookId }] of created.entries()) {
      const recorded = await core.events.readLast(deliveryStream('acme', webhookId));
      const position = recorded?.type === 'DeliveryRecorded' ? recorded.data.position : '';
      expect(position <= receivers.positionsOf(HOSTS[i]!).toSorted().at(-1)!).toBe(true);
      expect(repeatsOf(HOSTS[i]!)).toBeLessThanOrEqual((kill + 1) * MOST_REPEATED);
    }
  }
  const expected: string[] = [];
  for await (const { position } of core.events.readAll({ after: beginning, types: ['ChangeApproved'] }))
    expected.push(String(position).padStart(20, '0'));
  expect(expected).toHaveLength(KILLS * CHANGES_PER_KILL);
  const killed = delivering();
  await eventually(() => {
    for (const host of HOSTS) expect([...new Set(receivers.positionsOf(host))]).toEqual(expected);
  }, PATIENCE_MS);
  await killed();
  // A repeat is known by its id.
  for (const host of HOSTS)
    expect(new Set(receivers.of(host).map(({ headers }) => headers['webhook-id'])).size).toBe(
      expected.length,
    );
});
