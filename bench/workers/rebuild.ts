import { ALL_PROJECTIONS } from '../../projections/all.js';
import { openCore } from '../../src/composition/core.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { createLogger } from '../../src/infrastructure/observability/logger.js';
import { parameters } from '../servers/report.js';
import { answerWith } from '../support/worked.js';

/** Every read model rebuilt as `sla projections rebuild` does it. */
const config = readConfig({ SLA_DEMO: 'off', ...parameters<NodeJS.ProcessEnv>() });
const core = await openCore(config, createLogger({ level: 'error' }));
await answerWith(async () => {
  for (const { model } of ALL_PROJECTIONS) await core.runtime.rebuild(model.name);
});
