import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { normalizeEmail } from '../../domain/organization/organization.rules.js';
import { withAdministration, type Administration } from '../administration.js';
import { examples, leaf, listed, ORG } from '../arguments.js';
import { organizationOf } from '../organization.js';
import { print, printJson, say } from '../output.js';
import { askPassword, passwordFromStdin } from '../password.js';

interface AddOptions {
  readonly org?: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly passwordStdin?: true;
  readonly json?: true;
}

export const personCommands = (program: Command): void => {
  const person = program.command('person').description('people who sign in');
  leaf(person, 'add', 'add a person, or give one who is there this name and these roles and no others')
    .option(...ORG)
    .requiredOption('--email <email>', 'address to sign in with')
    .requiredOption('--name <name>', 'how they are called')
    .requiredOption('--roles <roles>', 'one or more of viewer, member, admin, compliance', listed)
    .option('--password-stdin', 'read the password from stdin; else it is asked for, or made up and printed')
    .addHelpText(
      'after',
      examples(
        'sla person add --email ana@example.com --name "Ana Diaz" --roles member',
        'printf %s "$PASSWORD" | sla person add --email ana@example.com --name Ana --roles admin --password-stdin',
      ),
    )
    .action((options: AddOptions) => withAdministration((parts) => add(parts, options)));
};

const add = async (parts: Administration, options: AddOptions): Promise<void> => {
  const orgId = await organizationOf(parts, options.org);
  const { name, roles, json } = options;
  const email = normalizeEmail(options.email);
  const { password, generated } = await passwordFor(parts, orgId, email, options);
  await parts.organizations.addPerson(
    { orgId, email, name, roles, ...(password !== undefined && { password }) },
    parts.source,
  );
  if (json) return printJson({ organization: orgId, email, name, roles, ...(generated && { password }) });
  say(`${email} is in ${orgId} as ${roles.join(', ') || 'nobody'}.`);
  if (!generated || password === undefined) return;
  say('The password, shown this once:');
  print(password);
};

interface Chosen {
  /** Absent: it stays as it is. */
  readonly password?: string;
  readonly generated: boolean;
}

const passwordFor = async (
  { organizations, config }: Administration,
  orgId: string,
  email: string,
  { passwordStdin }: AddOptions,
): Promise<Chosen> => {
  if (passwordStdin) return { password: await passwordFromStdin(), generated: false };
  if (config.oidc) return { generated: false };
  if ((await organizations.find(orgId))?.persons.get(email)?.password) return { generated: false };
  const typed = process.stdin.isTTY && process.stderr.isTTY ? await askPassword(email) : '';
  return typed === '' ? { password: madeUp(), generated: true } : { password: typed, generated: false };
};

/** 108 bits, in letters that survive copying. */
const madeUp = (): string => randomBytes(18).toString('base64url').slice(0, 18);
