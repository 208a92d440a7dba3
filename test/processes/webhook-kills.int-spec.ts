import { spawn, type ChildProcess } from 'node:child_process';
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
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await core.close();
  await receivers.close();
  await rm(dataDir, { recursive: true });
});

/** A process that delivers once it is {@link up}, until it is {@link killed}. */
const delivering = () => {
  const loader = join(import.meta.dirname, '../crash/typescript-loader.mjs');
  const script = join(import.meta.dirname, 'delivering-process.ts');
  const args = ['--no-warnings', '--import', loader, script, dataDir, String(receivers.port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const up = once(child.stdout, 'data');
  const killed = async (): Promise<void> => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { up, killed };
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

const approvedAfter = async (beginning: bigint): Promise<string[]> => {
  const positions: string[] = [];
  for await (const { position } of core.events.readAll({ after: beginning, types: ['ChangeApproved'] }))
    positions.push(String(position).padStart(20, '0'));
  return positions;
};

const createAll = () =>
  Promise.all(HOSTS.map((host) => core.webhooks.create(as('ada', 'admin'), { url: `https://${host}/` })));

it('loses no delivery and changes no order, however often the worker is killed', async () => {
  const created = await createAll();
  const beginning = await core.events.head();
  const repeatsOf = (host: string): number =>
    receivers.of(host).length - new Set(receivers.positionsOf(host)).size;
  for (let kill = 0; kill < KILLS; kill++) {
    const before = HOSTS.map((host) => new Set(receivers.positionsOf(host)).size);
    const { killed } = delivering();
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
  const expected = await approvedAfter(beginning);
  expect(expected).toHaveLength(KILLS * CHANGES_PER_KILL);
  const { killed } = delivering();
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

it('repeats what was acknowledged and not yet recorded, in the same order and under the same ids', async () => {
  const [host = ''] = HOSTS;
  const [webhook] = await createAll();
  const beginning = await core.events.head();
  for (let i = 0; i < 20; i++) await approved(`tier-${i}`);
  const { killed } = delivering();
  // The tenth has arrived, and nobody will ever record that it was acknowledged.
  const dying = new Promise<void>((resolve, reject) =>
    receivers.answering(host, () => {
      if (receivers.of(host).length === 10) killed().then(resolve, reject);
      return 204;
    }),
  );
  await dying;
  const tenth = receivers.of(host)[9]!;
  const recorded = await core.events.readLast(deliveryStream('acme', webhook!.webhookId));
  if (recorded?.type === 'DeliveryRecorded') expect(recorded.data.position < tenth.position).toBe(true);
  const next = delivering();
  const expected = await approvedAfter(beginning);
  await eventually(() => expect([...new Set(receivers.positionsOf(host))]).toEqual(expected), PATIENCE_MS);
  await next.killed();
  const repeat = receivers.of(host).filter(({ position }) => position === tenth.position);
  expect(repeat.length).toBe(2);
  for (const { position, headers } of receivers.of(host)) {
    const first = receivers.of(host).find((one) => one.position === position)!;
    expect(headers['webhook-id']).toBe(first.headers['webhook-id']);
  }
  // Each process by itself sends in the order of the log.
  const [before, after] = [receivers.positionsOf(host).slice(0, 10), receivers.positionsOf(host).slice(10)];
  for (const sent of [before, after]) expect(sent).toEqual(sent.toSorted());
});

it('delivers once beside embedded stores, however many workers there are, and goes on when one is killed', async () => {
  const workers = [delivering(), delivering()];
  await Promise.all(workers.map(({ up }) => up));
  await createAll();
  const beginning = await core.events.head();
  const deliver = async (round: string): Promise<string[]> => {
    for (let i = 0; i < 15; i++) await approved(`${round}-${i}`);
    const expected = await approvedAfter(beginning);
    await eventually(() => {
      for (const host of HOSTS) expect([...new Set(receivers.positionsOf(host))]).toEqual(expected);
    }, PATIENCE_MS);
    return expected;
  };
  const expected = await deliver('one');
  for (const host of HOSTS) expect(receivers.positionsOf(host)).toEqual(expected);
  await workers[0]!.killed();
  await deliver('two');
  await workers[1]!.killed();
});
