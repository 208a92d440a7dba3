import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../src/application/ports/event-store.js';
import { createApi } from '../../src/composition/api.js';
import { openCore } from '../../src/composition/core.js';
import { streamOf } from '../../src/domain/shared/streams.js';
import { readConfig } from '../../src/infrastructure/config/config.js';
import { openLogger } from '../../src/infrastructure/observability/logger.js';
import { mappingVersion, ORG, tierVersion } from '../support/events.js';
import { report } from './report.js';

/** The product, with a way to make many versions be approved at once: what an approval costs is measured elsewhere. */
const config = readConfig(process.env);
const core = await openCore(config, await openLogger(config.logLevel));
await core.organizations.createOrganization({ orgId: ORG });
core.runtime.start();

const tier = tierVersion('growth', 1);
const { data, metadata } = tier.events[0]!;
const changeId = (data as { readonly changeId: string }).changeId;
const subject = { kind: 'IMPORT', id: changeId } as const;
const content = {
  importId: changeId,
  sheet: 'REFERENCE',
  sha256: '0'.repeat(64),
  columns: {},
  dateOrder: 'YMD',
};
const proposed: NewEvent = {
  id: randomUUID(),
  type: 'ChangeProposed',
  data: { changeId, kind: 'IMPORT', subject, revision: 1, content, baseVersion: 0 } as NewEvent['data'],
  metadata,
};
await core.events.append({ stream: streamOf(ORG, subject), expected: 'NO_STREAM', events: [proposed] });
await core.events.append(tier);

const api = await createApi(core);
let made = 0;
const server = api.getHttpAdapter().getInstance();
server.post<{ Querystring: { readonly count: string } }>('/bench/go', async ({ query }) => {
  const versions = Array.from({ length: Number(query.count) }, () =>
    mappingVersion(`CUST-${made++}`, 'growth'),
  );
  await core.events.appendMany(versions);
  return {};
});
await api.listen(0, '127.0.0.1');
const { key } = await core.organizations.createKey({ orgId: ORG, name: 'bench', scopes: ['feed:read'] });
report(`${await api.getUrl()}#${key}`);
