import type { Command } from 'commander';
import type { DomainError } from '../../domain/shared/domain-error.js';
import { withAdministration, type Administration } from '../administration.js';
import { examples, leaf, listed } from '../arguments.js';
import { CliError } from '../failure.js';
import { print, printJson, say } from '../output.js';

interface Options {
  readonly org: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly ttl: string;
  readonly json?: true;
}

export const tokenCommand = (program: Command): void => {
  leaf(program, 'token', 'mint a token with the local signing key')
    .requiredOption('--org <org>', 'organization; made with its default coverages where it does not exist')
    .requiredOption('--subject <name>', 'who the token is for')
    .requiredOption('--roles <roles>', 'one or more of viewer, member, admin, compliance', listed)
    .option('--ttl <time>', 'how long it is good for: 15m, 1h, 7d; at most 30d', '1h')
    .addHelpText(
      'after',
      examples(
        'sla token --org acme --subject ada --roles admin,member',
        'curl -H "Authorization: Bearer $(sla token --org acme --subject ci --roles viewer --ttl 5m)" …',
      ),
    )
    .action((options: Options) => withAdministration((parts) => mint(parts, options)));
};

const mint = async (parts: Administration, { org, subject, roles, ttl, json }: Options): Promise<void> => {
  if (parts.config.oidc)
    throw new CliError('FORBIDDEN', 'OIDC_ISSUER is set: tokens come from that provider, and only from it.');
  const [{ TokenIssuer, parseTtl }, { openSigningKey }] = await Promise.all([
    import('../../infrastructure/auth/token-issuer.js'),
    import('../../infrastructure/auth/signing-key.js'),
  ]);
  const issuer = new TokenIssuer(await openSigningKey(parts.config.dataDir));
  const issued = await issuer.issue({ orgId: org, subject, roles, ttl: parseTtl(ttl) });
  await ensureOrganization(parts, org);
  if (json) printJson(issued);
  else print(issued.token);
};

/** A convenience for trying things out; in production a mistyped name must not become an organization. */
const ensureOrganization = async (
  { config, organizations, source }: Administration,
  orgId: string,
): Promise<void> => {
  if (await organizations.find(orgId)) return;
  if (config.environment === 'production')
    throw new CliError('NOT_FOUND', `There is no organization ${orgId}. Create it: sla org create ${orgId}`);
  try {
    await organizations.createOrganization({ orgId }, source);
    say(`Organization ${orgId} did not exist; it was created with its default coverages.`);
  } catch (error) {
    // Somebody else made it in the same moment.
    if ((error as Partial<DomainError>).code !== 'DUPLICATE') throw error;
  }
};
