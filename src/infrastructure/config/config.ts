import { resolve } from 'node:path';
import { ConfigError } from './config-error.js';
import { claimName, hostName, mailbox, oneOf, portNumber, seconds, setting, someOf } from './settings.js';
import { eventStoreUrl, issuerUrl, publicUrl, smtpUrl, storeUrl } from './urls.js';

export { ConfigError } from './config-error.js';

const ENVIRONMENTS = ['development', 'production', 'test'] as const;
const PROCESS_ROLES = ['api', 'projector', 'worker'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];
export type ProcessRole = (typeof PROCESS_ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An OpenID provider whose tokens are accepted instead of local ones. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Claim that holds the organization's ID. */
  readonly orgClaim: string;
  /** Claim that holds the roles; a dotted path such as `realm_access.roles` reaches inside. */
  readonly rolesClaim: string;
  /** As what the web app signs people in there; absent: it cannot, and tokens have to be brought along. */
  readonly clientId?: string;
  /** Absent: a public client, which PKCE alone protects. */
  readonly clientSecret?: string;
}

export interface Config {
  readonly environment: Environment;
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Absent: the embedded event store. */
  readonly eventStoreUrl?: string;
  /** Absent: the embedded read store. */
  readonly mongodbUrl?: string;
  /** How long a start waits for servers that do not answer, in milliseconds. */
  readonly storesWaitMs: number;
  /** Absent: mail is written to files. */
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** Base of links, without a slash at its end. */
  readonly publicUrl: string;
  /** Absent: local accounts and local tokens. */
  readonly oidc?: OidcConfig;
  /** What this process runs. */
  readonly roles: readonly ProcessRole[];
  readonly logLevel: LogLevel;
  /** Whether an empty data folder gets the demo organization. Never in production. */
  readonly demo: boolean;
}

/**
 * Reads and checks the whole environment, before anything is opened.
 *
 * @throws ConfigError one line naming the first wrong variable and the remedy, without the secrets in it
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const read = <T>(variable: string, parse: (variable: string, value: string) => T): T | undefined => {
    const value = setting(env, variable);
    return value === undefined ? undefined : parse(variable, value);
  };
  const environment = read('NODE_ENV', (name, value) => oneOf(name, value, ENVIRONMENTS)) ?? 'development';
  const port = read('PORT', portNumber) ?? 3000;
  const host = read('HOST', hostName) ?? '127.0.0.1';
  const demo = read('SLA_DEMO', (name, value) => oneOf(name, value, ['on', 'off'])) ?? 'on';
  return {
    environment,
    port,
    host,
    dataDir: resolve(setting(env, 'DATA_DIR') ?? './data'),
    eventStoreUrl: read('EVENTSTORE_URL', eventStoreUrl),
    mongodbUrl: read('MONGODB_URL', mongodbUrl),
    storesWaitMs: 1_000 * (read('STORES_WAIT_SECONDS', seconds) ?? 60),
    smtpUrl: read('SMTP_URL', smtpUrl),
    mailFrom: read('MAIL_FROM', mailbox) ?? 'SLA matrix manager <sla@localhost>',
    publicUrl: read('PUBLIC_URL', publicUrl) ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    oidc: readOidc(env),
    roles: read('SLA_ROLES', processRoles) ?? PROCESS_ROLES,
    logLevel: read('LOG_LEVEL', (name, value) => oneOf(name, value, LOG_LEVELS)) ?? 'info',
    demo: demo === 'on' && environment !== 'production',
  };
};

const mongodbUrl = (variable: string, value: string): string =>
  storeUrl(variable, value, ['mongodb', 'mongodb+srv'], 'mongodb://mongo.example.com:27017/sla');

const processRoles = (variable: string, value: string): ProcessRole[] => {
  const roles = someOf(variable, value, PROCESS_ROLES);
  if (roles.length === 0)
    throw new ConfigError(variable, `names no part; use one or more of: ${PROCESS_ROLES.join(', ')}.`);
  return roles;
};

const readOidc = (env: NodeJS.ProcessEnv): OidcConfig | undefined => {
  const issuer = setting(env, 'OIDC_ISSUER');
  const audience = setting(env, 'OIDC_AUDIENCE');
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined)
    throw new ConfigError('OIDC_ISSUER', 'is not set, but OIDC_AUDIENCE is; set both or neither.');
  // Without an audience, every token that the issuer ever wrote, for whatever other product, would do.
  if (audience === undefined)
    throw new ConfigError('OIDC_AUDIENCE', 'is not set, but OIDC_ISSUER is; set it to the name of this API.');
  return {
    issuer: issuerUrl('OIDC_ISSUER', issuer),
    audience,
    orgClaim: claimName('OIDC_ORG_CLAIM', setting(env, 'OIDC_ORG_CLAIM') ?? 'org'),
    rolesClaim: claimName('OIDC_ROLES_CLAIM', setting(env, 'OIDC_ROLES_CLAIM') ?? 'roles'),
    ...readOidcClient(env),
  };
};

const readOidcClient = (env: NodeJS.ProcessEnv): Pick<OidcConfig, 'clientId' | 'clientSecret'> => {
  const clientId = setting(env, 'OIDC_CLIENT_ID');
  const clientSecret = setting(env, 'OIDC_CLIENT_SECRET');
  if (clientId === undefined && clientSecret !== undefined)
    throw new ConfigError(
      'OIDC_CLIENT_ID',
      'is not set, but OIDC_CLIENT_SECRET is; set the ID that it belongs to.',
    );
  return { ...(clientId !== undefined && { clientId }), ...(clientSecret !== undefined && { clientSecret }) };
};
