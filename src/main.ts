import { AheadOfLogError } from '../projections/runtime/ahead-of-log-error.js';
import { EventStoreError } from './application/ports/event-store.js';
import { ReadStoreError } from './application/ports/read-store.js';
import { StoreAwayError } from './composition/await-stores.js';
import { openCore } from './composition/core.js';
import { ensureDemo } from './composition/demo.js';
import { serve } from './composition/serve.js';
import { waitForReadModels, waitForStores } from './composition/waiting-room.js';
import { ConfigError, readConfig, type Config } from './infrastructure/config/config.js';
import { openLogger } from './infrastructure/observability/logger.js';

/** Longest time that a shutdown takes, in milliseconds. */
const SHUTDOWN_MS = 10_000;

/** Errors that say themselves what to do. */
const EXPLAINED = [ConfigError, StoreAwayError, EventStoreError, ReadStoreError, AheadOfLogError];

/** What the system refuses, by what was asked of it. */
const remedyOf = ({ code, syscall, path }: NodeJS.ErrnoException): string | null => {
  if (code === 'EADDRINUSE')
    return 'something else is listening there. Stop it, or set PORT to another port.';
  if (syscall === 'listen' && code === 'EACCES')
    return 'this account may not listen there. Set PORT to 1024 or more.';
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return 'HOST is no address of this machine. Set it to one, such as 127.0.0.1 or 0.0.0.0.';
  if (path !== undefined) return 'DATA_DIR has to be a folder that this account may read and write.';
  return null;
};

/** What stops the start, in one line where the remedy is known. */
const reasonOf = (error: unknown): string => {
  const explained = EXPLAINED.find((kind) => error instanceof kind);
  if (explained && error instanceof Error) return error.message;
  if (!(error instanceof Error)) return String(error);
  const remedy = remedyOf(error);
  return remedy === null ? (error.stack ?? error.message) : `${error.message}: ${remedy}`;
};

const start = async (config: Config): Promise<void> => {
  const logger = await openLogger(config.logLevel);
  await waitForStores(config, logger);
  const core = await openCore(config, logger);
  const { roles } = config;
  await core.assertServable();
  if (roles.includes('projector')) core.projections.start();
  await waitForReadModels(core);
  if (roles.includes('worker')) {
    core.importWorker.start();
    core.expiryWorker.start();
    core.webhookWorker.start();
    await core.imports.recover();
  }
  const greeting = config.demo ? await ensureDemo(core) : null;
  const served = await serve(core);
  logger.info(`SLA matrix manager is ready: ${served.url}`);
  if (greeting) process.stdout.write(`\n${greeting}\n`);

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info(`${signal}: finishing what is under way`);
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await served.close();
    await core.close();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
};

try {
  await start(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}
