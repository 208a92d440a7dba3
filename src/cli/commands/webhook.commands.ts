import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandContext } from '../../application/command-context.js';
import { operatorName } from '../administration.js';
import { examples, leaf, ORG } from '../arguments.js';
import { organizationOf } from '../organization.js';
import { print, printJson, say, table } from '../output.js';
import { withSession, type Session } from '../session.js';

interface Options {
  readonly org?: string;
  readonly json?: true;
}

interface AddOptions extends Options {
  readonly description?: string;
  readonly after?: bigint;
}

export const webhookCommands = (program: Command): void => {
  const webhook = program.command('webhook').description('receivers of the feed of approved changes');
  leaf(webhook, 'add <url>', 'deliver to this address; the secret is shown this once')
    .option('--description <text>', 'what it is for')
    .option('--after <position>', 'begin after this position; left out: with what is approved next', position)
    .option(...ORG)
    .addHelpText(
      'after',
      examples(
        'sla webhook add https://status.example/hooks/sla --description "Status page"',
        'sla webhook add https://billing.example/sla --after 0 --json',
      ),
    )
    .action(add);
  leaf(webhook, 'list', 'webhooks, how far they have got, and what holds them up')
    .option(...ORG)
    .addHelpText('after', examples('sla webhook list --org acme'))
    .action(list);
  leaf(webhook, 'resume <webhook-id>', 'go on at once: after 410 Gone, or before the next attempt is due')
    .option(...ORG)
    .addHelpText('after', examples('sla webhook resume 1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31'))
    .action((webhookId: string, options: Options) => commanded('resume', webhookId, options));
  leaf(
    webhook,
    'secret <webhook-id>',
    'another secret, shown this once; the one before it signs for another day',
  )
    .option(...ORG)
    .addHelpText('after', examples('sla webhook secret 1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31'))
    .action(secret);
  leaf(webhook, 'remove <webhook-id>', 'deliver nothing any more')
    .option(...ORG)
    .addHelpText('after', examples('sla webhook remove 1f0c6f7e-2d35-5a0e-9a63-6f2f0a6f8a31'))
    .action((webhookId: string, options: Options) => commanded('delete', webhookId, options));
};

const add = (url: string, { org, json, description, after }: AddOptions): Promise<void> =>
  withSession(async ({ core }) => {
    const orgId = await organizationOf(core, org);
    const wanted = { url, ...(description !== undefined && { description }), after };
    const { webhookId, secret } = await core.webhooks.create(operatorOf(orgId), wanted);
    if (json) return printJson({ webhookId, secret });
    say(`Webhook ${webhookId} of ${orgId}. Deliveries are signed with this secret:`);
    print(secret);
  });

const secret = (webhookId: string, { org, json }: Options): Promise<void> =>
  withSession(async ({ core }) => {
    const orgId = await organizationOf(core, org);
    const { secret: text } = await core.webhooks.replaceSecret(operatorOf(orgId), webhookId);
    if (json) return printJson({ webhookId, secret: text });
    say(
      `Deliveries to webhook ${webhookId} of ${orgId} are signed with this secret, too, and from tomorrow with it alone:`,
    );
    print(text);
  });

const list = ({ org, json }: Options): Promise<void> =>
  withSession(async ({ core, caughtUp }) => {
    const orgId = await organizationOf(core, org);
    await caughtUp();
    const webhooks = await core.webhookQuery.webhooks(orgId);
    if (json) return printJson(webhooks);
    const rows = webhooks.map(({ id, url, status, position, failure }) => [
      ...[id, url, failure ? 'retrying' : status.toLowerCase(), position],
      failure ? `${failure.message} Next attempt ${failure.nextAttemptAt}.` : '',
    ]);
    print(table(['WEBHOOK', 'URL', 'STATE', 'POSITION', ''], rows));
  });

const DONE = { resume: 'goes on', delete: 'is removed' } as const;

const commanded = (what: keyof typeof DONE, webhookId: string, { org, json }: Options): Promise<void> =>
  withSession(async ({ core }: Session) => {
    const orgId = await organizationOf(core, org);
    await core.webhooks[what](operatorOf(orgId), webhookId);
    if (json) printJson({ webhookId });
    else print(`Webhook ${webhookId} of ${orgId} ${DONE[what]}.`);
  });

/** Whoever may write to the data may administer it. */
const operatorOf = (orgId: string): CommandContext => ({
  principal: { subject: operatorName(), orgId, roles: ['admin'], kind: 'user', scopes: [] },
  via: 'cli',
  correlationId: randomUUID(),
});

const position = (text: string): bigint => {
  if (!/^\d{1,20}$/.test(text)) throw new InvalidArgumentError('It is a number, as the feed gives it.');
  return BigInt(text);
};
