import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../../src/composition/api.js';
import { openCore, type Core, type Substitutes } from '../../src/composition/core.js';
import type { Role, Scope } from '../../src/domain/organization/organization.events.js';
import { ScryptPasswordHasher } from '../../src/infrastructure/auth/scrypt-password-hasher.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { createLogger } from '../../src/infrastructure/observability/logger.js';
import { httpClient, type HttpClient } from './http-client.js';
import { borrowed, openStores, type Stores, type StoreUrls } from './stores.js';

export interface AppOptions extends Substitutes {
  /** Absent: a temporary folder, removed at the end. */
  readonly dataDir?: string;
  /** Absent: stores of its own, removed at the end. */
  readonly stores?: StoreUrls;
  /** Environment variables beside those that every test has. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Weak on purpose: what a password costs is tested where passwords are. */
const QUICK_PASSWORDS = { logN: 4, r: 1, p: 1 };

/** The product in this process, on a port of its own; everything that a test asks goes through HTTP. */
export const startApp = async (options: AppOptions = {}): Promise<App> => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sla-e2e-'));
  const stores = options.stores ? borrowed(options.stores) : await openStores(options.clock);
  const app = new App(dataDir, options, stores);
  await app.start();
  return app;
};

export class App {
  private running: {
    readonly core: Core;
    readonly api: NestFastifyApplication;
    readonly url: string;
  } | null = null;
  private client: HttpClient | null = null;

  constructor(
    readonly dataDir: string,
    private readonly options: AppOptions,
    /** What another process works on that is to share everything with this one. */
    readonly stores: Stores,
  ) {}

  /** The parts behind the API, for what no caller can see: the log's head, the comparison with a rebuild. */
  get core(): Core {
    return this.now().core;
  }

  get url(): string {
    return this.now().url;
  }

  get http(): HttpClient {
    return (this.client ??= httpClient(this.url));
  }

  async start(): Promise<void> {
    const config = readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: this.dataDir,
      SLA_DEMO: 'off',
      LOG_LEVEL: process.env['E2E_LOG_LEVEL'] ?? 'silent',
      ...this.stores.urls,
      ...this.options.settings,
    });
    const { clock, webhookSender, passwords = new ScryptPasswordHasher(QUICK_PASSWORDS) } = this.options;
    const core = await openCore(config, createLogger({ level: config.logLevel }), {
      passwords,
      ...(clock && { clock }),
      ...(webhookSender && { webhookSender }),
    });
    core.projections.start();
    core.importWorker.start();
    core.webhookWorker.start();
    await core.imports.recover();
    const api = await createApi(core);
    await api.listen(0, '127.0.0.1');
    this.running = { core, api, url: await api.getUrl() };
    this.client = null;
  }

  async stop(): Promise<void> {
    const { core, api } = this.now();
    this.running = null;
    await api.close();
    await core.close();
  }

  /** Ends as an operator would, and starts again on the same stores. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    if (this.running) await this.stop();
    await this.stores.close();
    if (this.options.dataDir === undefined) await rm(this.dataDir, { recursive: true });
  }

  /** Makes an organization of which no other test knows. */
  async createOrganization(timeZone = 'Europe/Berlin'): Promise<string> {
    const orgId = `org-${randomUUID().slice(0, 13)}`;
    await this.core.organizations.createOrganization({ orgId, timeZone });
    await this.caughtUp();
    return orgId;
  }

  async token(orgId: string, subject: string, roles: readonly Role[]): Promise<string> {
    const { issuer } = this.core;
    if (!issuer) throw new Error('Tokens come from elsewhere here.');
    return (await issuer.issue({ orgId, subject, roles, ttl: 30 * 24 * 3600 })).token;
  }

  async key(orgId: string, scopes: readonly Scope[]): Promise<string> {
    return (await this.core.organizations.createKey({ orgId, name: scopes.join(' '), scopes })).key;
  }

  head(): Promise<bigint> {
    return this.core.events.head();
  }

  /** Resolves when every read model reflects the log as it is now. */
  async caughtUp(): Promise<void> {
    await this.core.fresh.atLeast(await this.head());
  }

  private now() {
    if (!this.running) throw new Error('The app is not running.');
    return this.running;
  }
}
