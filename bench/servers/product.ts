import { createApi } from '../../src/composition/api.js';
import { openCore } from '../../src/composition/core.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { openLogger } from '../../src/infrastructure/observability/logger.js';
import { report } from './report.js';

/** The product as `npm start` runs it. */
const config = readConfig(process.env);
const core = await openCore(config, await openLogger(config.logLevel));
core.runtime.start();
core.importWorker.start();
const api = await createApi(core);
await api.listen(0, '127.0.0.1');
report(await api.getUrl());
