import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { CommandContext } from '../src/application/command-context.js';
import type { NewEvent } from '../src/application/ports/event-store.js';
import { openCore, type Core } from '../src/composition/core.js';
import type { ChangeContent } from '../src/domain/change/content.js';
import { readConfig } from '../src/infrastructure/config/config.js';
import { createLogger } from '../src/infrastructure/observability/logger.js';
import { EventStoreDbServer } from '../test/servers/eventstoredb/server.js';
import type { BenchRow } from './bench-row.js';
import { commandMetadata, ORG } from './support/events.js';
import { rawInserts } from './support/raw-inserts.js';
import { inTurns } from './support/rounds.js';

const COMMANDS = 640;
const WRITERS = 32;

/** Does so many things, so many at a time, each waiting for its own before the next. */
const perSecond = async (writers: number, once: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  const writer = async (): Promise<void> => {
    for (let left = COMMANDS / writers; left > 0; left--) await once();
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return COMMANDS / ((performance.now() - began) / 1_000);
};

const context: CommandContext = {
  principal: { subject: 'mia@bench.example', orgId: ORG, roles: ['member'], kind: 'user', scopes: [] },
  via: 'graphql',
  correlationId: randomUUID(),
};

/** A remap of a customer that nobody knows: the command reads what it has to, decides, and appends one event. */
const commanding =
  ({ changes }: Core) =>
  async (): Promise<void> => {
    const id = `C-${randomUUID()}`;
    const content: ChangeContent = { customerId: id, customerName: 'Bench & Sons', toTier: 'gold' };
    const issued = changes.issue(context, null, 'remapCustomer', content);
    const subject = { kind: 'CUSTOMER', id } as const;
    await changes.decide(issued, subject, {
      type: 'ProposeChange',
      changeId: changes.changeIdOf(issued),
      kind: 'REMAP',
      subject,
      content,
    });
  };

const eventOf = (): NewEvent => ({
  id: randomUUID(),
  type: 'ChangeProposed',
  data: {
    changeId: randomUUID(),
    kind: 'REMAP',
    subject: { kind: 'CUSTOMER', id: `C-${randomUUID()}` },
    revision: 1,
    content: { customerId: `C-${randomUUID()}`, customerName: 'Bench & Sons', toTier: 'gold' },
    baseVersion: 0,
  },
  metadata: commandMetadata(),
});

const opened = async (settings: NodeJS.ProcessEnv): Promise<Core> => {
  const core = await openCore(readConfig({ SLA_DEMO: 'off', ...settings }), createLogger({ level: 'error' }));
  await core.organizations.createOrganization({ orgId: ORG });
  return core;
};

const rowsOf = async (
  store: string,
  peerName: string,
  core: Core,
  peer: () => Promise<unknown>,
): Promise<BenchRow[]> => {
  const rows: BenchRow[] = [];
  for (const [writers, goal] of [
    [1, '≥ 0.35 ×'],
    [WRITERS, '≥ 1.5 ×'],
  ] as const)
    rows.push({
      name: `one command to its durable event, ${store}, ${writers} at a time; beside ${peerName}`,
      unit: 'commands/s',
      goal,
      ...(await inTurns(
        () => perSecond(writers, commanding(core)),
        () => perSecond(writers, peer),
      )),
    });
  return rows;
};

const embedded = async (): Promise<BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-command-'));
  const core = await opened({ DATA_DIR: folder });
  const raw = rawInserts(join(folder, 'raw.db'));
  const rows = await rowsOf('embedded', 'single-row FULL inserts', core, async () => {
    const event = eventOf();
    raw.append({ stream: `customer-${event.id}`, events: [event] });
  });
  raw.close();
  await core.close();
  await rm(folder, { recursive: true });
  return rows;
};

const onEventStoreDb = async (): Promise<BenchRow[]> => {
  const server = process.env['EVENTSTORE_URL'] ? null : await EventStoreDbServer.start();
  const url = server?.url ?? process.env['EVENTSTORE_URL']!;
  const folder = await mkdtemp(join(tmpdir(), 'sla-bench-command-'));
  const core = await opened({ DATA_DIR: folder, EVENTSTORE_URL: url });
  const client = EventStoreDBClient.connectionString(url);
  const rows = await rowsOf("EventStoreDB's protocol", 'bare appends of the client', core, async () => {
    const { id, type, data, metadata } = eventOf();
    const event = jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } });
    await client.appendToStream(`customer-${id}`, [event], {
      expectedRevision: 'no_stream',
    });
  });
  await client.dispose();
  await core.close();
  await server?.stop();
  await rm(folder, { recursive: true });
  return rows;
};

/** What deciding, reading and checking cost on top of the store. */
export const benchmark = async (): Promise<BenchRow[]> => [
  ...(await embedded()),
  ...(await onEventStoreDb()),
];
