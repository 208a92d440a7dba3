import { openCore } from '../../src/composition/core.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { createLogger } from '../../src/infrastructure/observability/logger.js';
import { senderTo } from '../support/receivers.js';

/** Delivers to all webhooks of a data folder until it is killed; every name leads to a port of this machine. */
const [, , dataDir = '', port = ''] = process.argv;

const core = await openCore(
  readConfig({ DATA_DIR: dataDir, SLA_DEMO: 'off' }),
  createLogger({ level: 'error' }),
  { webhookSender: senderTo(Number(port)) },
);
core.projections.start();
core.webhookWorker.start();
process.stdout.write('up');
