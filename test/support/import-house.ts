import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CURRENT_MATRIX } from '../../src/application/read-models/current-matrix.read-model.js';
import { CHANGES } from '../../src/application/read-models/changes.read-model.js';
import { IMPORTS, type ImportDocument } from '../../src/application/read-models/imports.read-model.js';
import { CUSTOMERS } from '../../src/application/read-models/customers.read-model.js';
import { CONTRACTS } from '../../src/application/read-models/contracts.read-model.js';
import { HISTORY } from '../../src/application/read-models/history.read-model.js';
import { documentKey } from '../../src/application/read-models/document-key.js';
import { ChangeService } from '../../src/application/commands/change-service.js';
import { Idempotency } from '../../src/application/commands/idempotency.js';
import { Refusals } from '../../src/application/audit/refusals.js';
import { SubjectRepository } from '../../src/application/commands/subject-repository.js';
import { ImportAnalysis } from '../../src/application/import/import-analysis.js';
import { ImportApplier } from '../../src/application/import/import-applier.js';
import { ImportFacts } from '../../src/application/import/import-facts.js';
import { ImportService, type ImportRequest } from '../../src/application/import/import-service.js';
import { ImportWorker } from '../../src/application/import/import-worker.js';
import { OrganizationReader } from '../../src/application/organization/organization-reader.js';
import { OrganizationService } from '../../src/application/organization/organization-service.js';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { Freshness } from '../../src/application/ports/freshness.js';
import type { Principal } from '../../src/application/principal.js';
import { MatrixReader } from '../../src/application/queries/matrix-reader.js';
import type { StagedRow } from '../../src/domain/import/import.events.js';
import { SqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { UuidGenerator } from '../../src/infrastructure/id-generator.js';
import { SqliteReadStore } from '../../src/infrastructure/read-store/sqlite/sqlite-read-store.js';
import { FileSheetStore } from '../../src/infrastructure/sheet/file-sheet-store.js';
import { SystemClock } from '../../src/infrastructure/system-clock.js';
import { changesProjection } from '../../projections/changes/changes.projection.js';
import { contractsProjection } from '../../projections/contracts/contracts.projection.js';
import { currentMatrixProjection } from '../../projections/current-matrix/current-matrix.projection.js';
import { customersProjection } from '../../projections/customers/customers.projection.js';
import { historyProjection } from '../../projections/history/history.projection.js';
import { importsProjection } from '../../projections/imports/imports.projection.js';
import { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import { eventually } from './eventually.js';
import { inChunks, temporaryFolder } from './sheets.js';

const MODELS = [CHANGES, CONTRACTS, CURRENT_MATRIX, CUSTOMERS, HISTORY, IMPORTS].map(({ name }) => name);

const principal = (subject: string, role: 'member' | 'admin'): Principal => ({
  subject,
  orgId: 'acme',
  roles: [role],
  kind: 'user',
  scopes: [],
});

const contextOf = (who: Principal) => ({ principal: who, via: 'rest' as const, correlationId: randomUUID() });

export interface HouseOptions {
  readonly folder?: string;
  /** What stands between the imports and the log. */
  readonly through?: (events: EventStore) => EventStore;
}

/** Everything that imports need, on embedded stores in a temporary folder; the organization is `acme`. */
export const openHouse = async ({
  folder = temporaryFolder(),
  through = (events) => events,
}: HouseOptions = {}) => {
  const clock = new SystemClock();
  const ids = new UuidGenerator();
  const log = new SqliteEventStore({ file: join(folder, 'events.db'), clock });
  const events = through(log);
  const reads = new SqliteReadStore(join(folder, 'reads.db'));
  const projections = [
    changesProjection,
    contractsProjection,
    currentMatrixProjection,
    customersProjection,
    historyProjection,
    importsProjection,
  ];
  await reads.prepare(projections.map(({ model }) => model as never));
  const runtime = new ProjectionRuntime(log, reads, projections);
  runtime.start();
  let paused = false;
  const caughtUp = async (): Promise<void> => {
    if (!paused) await runtime.atLeast(MODELS, await log.head(), { timeoutMs: 60_000 });
  };
  const freshness = new (class extends Freshness {
    atLeast = async (position: bigint) => {
      if (!paused) await runtime.atLeast(MODELS, position, { timeoutMs: 60_000 });
    };
    position = () => Promise.resolve(0n);
  })();
  const organizations = new OrganizationReader(log);
  const idempotency = new Idempotency(events, ids);
  const subjects = new SubjectRepository(events, ids, idempotency);
  const changes = new ChangeService(subjects, organizations, idempotency, ids, clock);
  const sheets = new FileSheetStore(join(folder, 'tmp'));
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const facts = new ImportFacts(reads, new MatrixReader(reads, freshness));
  const timeZoneOf = async () => 'Europe/Berlin';
  const analysis = new ImportAnalysis({ events, sheets, facts, freshness, ids, clock, timeZoneOf });
  const refusals = new Refusals({ events, ids, clock, onError });
  const parts = { changes, sheets, reads, analysis, refusals, ids, clock };
  const imports = new ImportService({ ...parts, onError });
  const applier = new ImportApplier(events, ids);
  const worker = new ImportWorker({ events, reads, applier, onError });

  const member = principal('mia', 'member');
  const admin = principal('ada', 'admin');
  const importOf = async (importId: string): Promise<ImportDocument> => {
    await caughtUp();
    const document = await reads.get(IMPORTS, documentKey('acme', importId));
    if (document?.type !== 'import') throw new Error(`No import ${importId}.`);
    return document;
  };
  return {
    folder,
    log,
    events,
    reads,
    runtime,
    imports,
    analysis,
    applier,
    worker,
    sheets,
    errors,
    caughtUp,
    importOf,
    ids,
    changes,
    createOrganization: async (): Promise<void> => {
      const service = new OrganizationService({
        events: log,
        clock,
        ids,
        passwords: undefined as never,
        keys: undefined as never,
      });
      await service.createOrganization({ orgId: 'acme' });
      await caughtUp();
    },
    /** Brings a sheet in and waits until it is analysed. */
    bring: async (csv: string | Uint8Array, more: Partial<ImportRequest> = {}) => {
      await caughtUp();
      const started = await imports.start({
        context: contextOf(member),
        bytes: inChunks(csv),
        source: 'upload',
        ...more,
      });
      await imports.idle();
      await caughtUp();
      return started;
    },
    /** Resolves when an import stands in the log. */
    proposed: () =>
      eventually(async () => {
        for await (const event of log.readAll({ types: ['ImportStarted'] })) return event;
        throw new Error('Nothing is proposed yet.');
      }),
    approve: async (importId: string, changeId: string): Promise<void> => {
      const context = contextOf(admin);
      const issued = changes.issue(context, null, 'approveChange', {});
      await changes.decide(
        issued,
        { kind: 'IMPORT', id: importId },
        { type: 'ApproveChange', changeId, revision: 1 },
      );
    },
    applied: (importId: string): Promise<ImportDocument> =>
      eventually(async () => {
        const document = await importOf(importId);
        if (document.status !== 'APPLIED') throw new Error(`The import is ${document.status}.`);
        return document;
      }, 60_000),
    rowsOf: async (importId: string): Promise<readonly StagedRow[]> => {
      await caughtUp();
      const found = await reads.find(IMPORTS, { index: 'rows', equals: ['acme', importId], limit: 10_000 });
      return found.flatMap(({ document }) => (document.type === 'rows' ? document.rows : []));
    },
    /** From here on read models stay as they are, and nobody waits for them. */
    pauseProjections: async (): Promise<void> => {
      paused = true;
      await runtime.stop();
    },
    close: async (): Promise<void> => {
      await imports.stop();
      await worker.stop();
      await runtime.stop();
      await reads.close();
      await log.close();
    },
  };
};

export type House = Awaited<ReturnType<typeof openHouse>>;
