import type { Command } from 'commander';
import { epochOf, instantOf } from '../../domain/shared/instant.js';
import { withAdministration } from '../administration.js';
import { examples, leaf, listed, ORG } from '../arguments.js';
import { organizationOf } from '../organization.js';
import { print, printJson, say, table } from '../output.js';

interface CreateOptions {
  readonly org?: string;
  readonly scopes: readonly string[];
  readonly name: string;
  readonly ttl?: string;
  readonly json?: true;
}

interface KeyOptions {
  readonly org?: string;
  readonly json?: true;
}

export const keyCommands = (program: Command): void => {
  const key = program.command('key').description('API keys');
  leaf(key, 'create', 'make a key; it is shown this once')
    .option(...ORG)
    .requiredOption(
      '--scopes <scopes>',
      'one or more of lookup:read, tickets:write, feed:read, reference:import',
      listed,
    )
    .option('--name <name>', 'what it is for', 'command line')
    .option('--ttl <time>', 'how long it is good for: 12h, 90d; left out: until it is revoked')
    .addHelpText(
      'after',
      examples(
        'sla key create --org acme --scopes lookup:read --name helpdesk --ttl 365d',
        'sla key create --scopes lookup:read,feed:read --json',
      ),
    )
    .action(create);
  leaf(key, 'list', 'keys by name, never the keys themselves')
    .option(...ORG)
    .addHelpText('after', examples('sla key list --org acme'))
    .action(list);
  leaf(key, 'revoke <key-id>', 'end a key at once and for good')
    .option(...ORG)
    .addHelpText('after', examples('sla key list', 'sla key revoke k4f0c2a91'))
    .action(revoke);
};

const create = ({ org, scopes, name, ttl, json }: CreateOptions): Promise<void> =>
  withAdministration(async (parts) => {
    const orgId = await organizationOf(parts, org);
    const expiresAt = ttl === undefined ? undefined : await endOf(ttl);
    const wanted = { orgId, name, scopes, ...(expiresAt !== undefined && { expiresAt }) };
    const { keyId, key } = await parts.organizations.createKey(wanted, parts.source);
    if (json) return printJson({ key, keyId, ...(expiresAt !== undefined && { expiresAt }) });
    say(`Key ${keyId} (${name}) of ${orgId}, good ${expiresAt ? `until ${expiresAt}` : 'until revoked'}.`);
    print(key);
  });

const list = ({ org, json }: KeyOptions): Promise<void> =>
  withAdministration(async (parts) => {
    const state = await parts.organizations.find(await organizationOf(parts, org));
    const keys = [...(state?.keys.values() ?? [])].map(({ hash: _, ...shown }) => shown);
    if (json) return printJson(keys);
    const rows = keys.map(({ keyId, name, scopes, expiresAt, revoked }) => [
      ...[keyId, name, scopes.join(',')],
      ...[revoked ? 'revoked' : expiresAt === null ? 'no end' : `until ${expiresAt}`],
    ]);
    print(table(['KEY', 'NAME', 'SCOPES', 'GOOD'], rows));
  });

const revoke = (keyId: string, { org, json }: KeyOptions): Promise<void> =>
  withAdministration(async (parts) => {
    const orgId = await organizationOf(parts, org);
    await parts.organizations.revokeKey(orgId, keyId, parts.source);
    if (json) printJson({ keyId, revoked: true });
    else print(`Key ${keyId} of ${orgId} is revoked.`);
  });

const endOf = async (ttl: string): Promise<string> => {
  const [{ parseTtl }, { SystemClock }] = await Promise.all([
    import('../../infrastructure/auth/token-issuer.js'),
    import('../../infrastructure/system-clock.js'),
  ]);
  return instantOf(epochOf(new SystemClock().now()) + parseTtl(ttl) * 1000);
};
