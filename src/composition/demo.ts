import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '../application/command-context.js';
import type { Role } from '../domain/organization/organization.events.js';
import type { Core } from './core.js';

const ORG = 'demo';
const PEOPLE: readonly { readonly name: string; readonly role: Role }[] = [
  { name: 'Vera Viewer', role: 'viewer' },
  { name: 'Mia Member', role: 'member' },
  { name: 'Ada Admin', role: 'admin' },
  { name: 'Cora Compliance', role: 'compliance' },
];
/** Demo files lie beside the sources, two folders above the compiled ones. */
const FILES = fileURLToPath(new URL('../../../demo/', import.meta.url));
const SIGN_INS = 'demo-sign-ins.txt';
const PATIENCE_MS = 30_000;

/**
 * Sets up the demo organization on the first start, and says how to sign in; null when the data folder is somebody
 * else's. What a crash cut off is completed at the next start: every step looks whether it is done.
 */
export const ensureDemo = async (core: Core): Promise<string | null> => {
  const { organizations, events, config } = core;
  const existing = await organizations.find(ORG);
  if (!existing && (await events.head()) > 0n) return null;
  if (!existing) await organizations.createOrganization({ orgId: ORG, name: 'Demo' });
  const signIns = await ensurePeople(core);
  await ensureImported(core, 'support-tiers.matrix.csv');
  await ensureImported(core, 'reference.csv');
  return `Demo organization "${ORG}", for trying out (SLA_DEMO=off leaves it out). Sign in at ${config.publicUrl} as\n${signIns}`;
};

const emailOf = (role: Role): string => `${role}@demo.example`;

/** Passwords are made up here, kept beside the data for the next start to show, and known to nobody else. */
const ensurePeople = async ({ organizations, config }: Core): Promise<string> => {
  const file = join(config.dataDir, SIGN_INS);
  const known = await readFile(file, 'utf8').catch(nothing);
  const state = await organizations.find(ORG);
  if (known !== null && PEOPLE.every(({ role }) => state?.persons.has(emailOf(role)))) return known;
  const lines: string[] = [];
  for (const { name, role } of PEOPLE) {
    const password = randomBytes(9).toString('base64url');
    await organizations.addPerson({ orgId: ORG, email: emailOf(role), name, roles: [role], password });
    lines.push(`  ${emailOf(role).padEnd(24)} ${password}`);
  }
  const text = `${lines.join('\n')}\n`;
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(file, text, { mode: 0o600 });
  return text;
};

/** Imported and approved like any other sheet: one person proposes, another approves. */
const ensureImported = async (core: Core, name: string): Promise<void> => {
  const { intake, changes, changeQuery, importQuery } = core;
  const { changeId, importId } = await intake.start({
    context: by('member'),
    bytes: createReadStream(join(FILES, name)),
    source: 'cli',
    reason: 'Demo data',
    idempotencyKey: `demo ${name}`,
  });
  await until(core, async () => (await importQuery.import(ORG, importId))?.status !== 'ANALYSING');
  if ((await changeQuery.change(ORG, changeId))?.status === 'PROPOSED') {
    const issued = changes.issue(by('admin'), `approve demo ${name}`, 'ApproveChange', [changeId]);
    const command = { type: 'ApproveChange' as const, changeId, revision: 1 };
    await changes.decide(issued, { kind: 'IMPORT', id: importId }, command);
  }
  await until(core, async () => (await importQuery.import(ORG, importId))?.status === 'APPLIED');
};

/** Waits for what a worker of this process does behind the command. */
const until = async ({ events, fresh }: Core, holds: () => Promise<boolean>): Promise<void> => {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await setTimeout(10)) {
    await fresh.atLeast(await events.head());
    if (await holds()) return;
  }
  throw new Error(`The demo data was not ready within ${PATIENCE_MS} ms. Start again, or set SLA_DEMO=off.`);
};

const by = (role: Role): CommandContext => ({
  principal: { subject: emailOf(role), orgId: ORG, roles: [role], kind: 'user', scopes: [] },
  via: 'cli',
  correlationId: randomUUID(),
});

const nothing = (): null => null;
