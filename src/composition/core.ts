import { join } from 'node:path';
import { ALL_PROJECTIONS } from '../../projections/all.js';
import { assertNotAhead } from '../../projections/runtime/assert-not-ahead.js';
import { ProjectionRuntime } from '../../projections/runtime/projection-runtime.js';
import { AuditQuery } from '../application/audit/audit-query.js';
import { AuditReplay } from '../application/audit/audit-replay.js';
import { AuditViews } from '../application/audit/audit-views.js';
import { Refusals } from '../application/audit/refusals.js';
import { ChangeLocator } from '../application/commands/change-locator.js';
import { ChangeService } from '../application/commands/change-service.js';
import { ContentFactsReader } from '../application/commands/content-facts-reader.js';
import { ExpiryWorker } from '../application/commands/expiry-worker.js';
import { Idempotency } from '../application/commands/idempotency.js';
import { StreamRepository } from '../application/commands/stream-repository.js';
import { SubjectRepository } from '../application/commands/subject-repository.js';
import { CustomerExport } from '../application/export/customer-export.js';
import { Exporter } from '../application/export/exporter.js';
import { ApprovedChanges } from '../application/feed/approved-changes.js';
import { ChangeFeed } from '../application/feed/change-feed.js';
import { ExceptionFeed } from '../application/feed/exception-feed.js';
import { ExceptionTurns } from '../application/feed/exception-turns.js';
import { ImportAnalysis } from '../application/import/import-analysis.js';
import { ImportApplier } from '../application/import/import-applier.js';
import { ImportFacts } from '../application/import/import-facts.js';
import { ImportIntake } from '../application/import/import-intake.js';
import { ImportPreview } from '../application/import/import-preview.js';
import { ImportService } from '../application/import/import-service.js';
import { ImportWorker } from '../application/import/import-worker.js';
import { OrganizationReader } from '../application/organization/organization-reader.js';
import { OrganizationService } from '../application/organization/organization-service.js';
import { SettingsService } from '../application/organization/settings-service.js';
import type { Clock } from '../application/ports/clock.js';
import type { PasswordHasher } from '../application/ports/password-hasher.js';
import type { WebhookSender } from '../application/ports/webhook-sender.js';
import { ChangeQuery } from '../application/queries/change-query.js';
import { CoverageReader } from '../application/queries/coverage-reader.js';
import { CustomerQuery } from '../application/queries/customer-query.js';
import { ExceptionQuery } from '../application/queries/exception-query.js';
import { FreshReads } from '../application/queries/fresh-reads.js';
import { HistoryQuery } from '../application/queries/history-query.js';
import { ImportDiff } from '../application/queries/import-diff.js';
import { ImportQuery } from '../application/queries/import-query.js';
import { LookupQuery } from '../application/queries/lookup-query.js';
import { Lookups } from '../application/queries/lookups.js';
import { MatrixQuery } from '../application/queries/matrix-query.js';
import { MatrixReader } from '../application/queries/matrix-reader.js';
import { NearestIds } from '../application/queries/nearest-ids.js';
import { PointsInTime } from '../application/queries/points-in-time.js';
import { WebhookQuery } from '../application/webhooks/webhook-query.js';
import { WebhookService } from '../application/webhooks/webhook-service.js';
import { WebhookWorker } from '../application/webhooks/webhook-worker.js';
import { ORGANIZATION_FOLD } from '../domain/organization/organization.state.js';
import { evolveWebhook, NO_WEBHOOK, type WebhookState } from '../domain/webhook/webhook.state.js';
import { RandomApiKeyMaker } from '../infrastructure/auth/api-key.js';
import { openAuth } from '../infrastructure/auth/auth.js';
import { DerivedSecrets } from '../infrastructure/auth/derived-secrets.js';
import { ScryptPasswordHasher } from '../infrastructure/auth/scrypt-password-hasher.js';
import type { Config } from '../infrastructure/config/config.js';
import { UuidGenerator } from '../infrastructure/id-generator.js';
import type { Logger } from '../infrastructure/observability/logger.js';
import { Metrics } from '../infrastructure/observability/metrics.js';
import { ObservedEventStore } from '../infrastructure/observability/observed-event-store.js';
import { DateHolidays } from '../infrastructure/public-holidays.js';
import { HttpsWebhookSender } from '../infrastructure/outgoing/https-webhook-sender.js';
import { CachedReadStore } from '../infrastructure/read-store/cached-read-store.js';
import { SheetFetcher } from '../infrastructure/sheet/fetch-sheet.js';
import { FileSheetStore } from '../infrastructure/sheet/file-sheet-store.js';
import { SystemClock } from '../infrastructure/system-clock.js';
import { RuntimeFreshness } from './runtime-freshness.js';
import { LeasedProjections } from './leased-projections.js';
import { lookupCounters, projectionGauges } from './observations.js';
import { ScratchReplay } from './scratch-replay.js';
import { openEventStore, openLease, openReadStore } from './stores.js';

/** Everything the product is made of, before any protocol is put around it. */
export type Core = Awaited<ReturnType<typeof openCore>>;

/** What a test may want to be in charge of. */
export interface Substitutes {
  readonly clock?: Clock;
  readonly passwords?: PasswordHasher;
  readonly webhookSender?: WebhookSender;
}

/** Opens the stores and puts the parts together; starts nothing. Rejects when a store cannot be opened. */
export const openCore = async (
  config: Config,
  logger: Logger,
  {
    clock = new SystemClock(),
    passwords = new ScryptPasswordHasher(),
    webhookSender: sender = new HttpsWebhookSender(),
  }: Substitutes = {},
) => {
  const ids = new UuidGenerator();
  const holidays = new DateHolidays();
  const metrics = new Metrics();
  const events = new ObservedEventStore(await openEventStore(config, clock), (outcome, seconds) => {
    metrics.appends.inc({ outcome });
    metrics.appendDuration.observe(seconds);
  });
  const reads = new CachedReadStore(await openReadStore(config));
  const models = ALL_PROJECTIONS.map(({ model }) => model);
  await reads.prepare(models);
  const runtime = new ProjectionRuntime(events, reads, ALL_PROJECTIONS);
  const lease = await openLease(config);
  const projections = new LeasedProjections(
    runtime,
    lease,
    models.map(({ name }) => name),
    (error) => logger.error({ err: error }, 'lease failed'),
  );
  const freshness = new RuntimeFreshness(runtime, reads, models);
  metrics.observeProjections(projectionGauges(runtime));

  const organizations = new OrganizationService({
    events,
    ids,
    clock,
    passwords,
    keys: new RandomApiKeyMaker(),
  });
  const organizationReader = new OrganizationReader(events);
  const auth = await openAuth({
    config,
    organizations,
    passwords,
    onSignInFailure: (reason) => metrics.signInFailures.inc({ reason }),
  });

  const idempotency = new Idempotency(events, ids);
  const subjects = new SubjectRepository(events, ids, idempotency);
  const changes = new ChangeService(subjects, organizationReader, idempotency, ids, clock);

  const times = new PointsInTime(clock, organizationReader);
  const matrixReader = new MatrixReader(reads, freshness);
  const coverages = new CoverageReader(matrixReader, holidays);
  const matrix = new MatrixQuery(matrixReader, coverages, times, freshness);
  const lookup = new LookupQuery(reads, matrixReader, coverages, new NearestIds(reads), times);
  const history = new HistoryQuery(reads, matrixReader);
  const changeQuery = new ChangeQuery(
    reads,
    subjects,
    matrixReader,
    matrix,
    history,
    new ImportDiff(reads, matrixReader),
    times,
  );
  const refusals = new Refusals({
    events,
    ids,
    clock,
    onError: (error, correlationId) =>
      logger.error({ err: error, correlationId }, 'a refusal could not be recorded'),
  });
  const auditReplay = new AuditReplay({
    events,
    reads,
    freshness,
    states: new ScratchReplay(events),
    times,
    holidays,
  });
  const feed = new ChangeFeed({
    events,
    freshness,
    approved: new ApprovedChanges(reads, changeQuery, history),
    onError: (error) => logger.warn({ err: error }, 'the feed of approved changes waits'),
  });
  const exceptions = new ExceptionQuery(reads, matrixReader, times);
  const turns = new ExceptionTurns(reads, matrixReader, exceptions);
  const exceptionsWait = (error: unknown) =>
    logger.warn({ err: error }, 'the exceptions that are followed wait');
  const exceptionFeed = new ExceptionFeed({ events, freshness, clock, turns, onError: exceptionsWait });
  const customers = new CustomerQuery(reads, matrixReader, exceptions, times);
  const importQuery = new ImportQuery(reads, changeQuery);
  const customerExport = new CustomerExport(reads, matrixReader);
  const audit = new AuditQuery(reads, new AuditViews(reads, freshness), times);
  const exporter = new Exporter({ matrix, customers: customerExport, exceptions, audit, times });
  const facts = new ContentFactsReader(matrixReader, holidays, clock);
  const locator = new ChangeLocator(reads, events, freshness);

  const onError = (error: unknown, importId?: string) =>
    logger.error({ err: error, importId }, 'import failed');
  const sheets = new FileSheetStore(join(config.dataDir, 'sheets'));
  const importFacts = new ImportFacts(reads, matrixReader);
  const timeZoneOf = (orgId: string) => times.timeZoneOf(orgId);
  const analysis = new ImportAnalysis({
    events,
    sheets,
    ids,
    clock,
    facts: importFacts,
    freshness,
    timeZoneOf,
  });
  const importPreview = new ImportPreview({ facts: importFacts, clock, timeZoneOf });
  const imports = new ImportService({
    changes,
    sheets,
    reads,
    analysis,
    refusals,
    ids,
    clock,
    onError,
  });
  const intake = new ImportIntake(imports, events);
  const fresh = new FreshReads(events, freshness);
  const lookups = new Lookups(lookup, lookupCounters(metrics));
  const expiryWorker = new ExpiryWorker({
    reads,
    changes,
    ids,
    clock,
    onError: (error) => logger.error({ err: error }, 'expiring proposals failed'),
  });
  const secrets = await DerivedSecrets.open(config.dataDir);
  const webhookStreams = new StreamRepository<WebhookState>(events, ids, idempotency, {
    initial: NO_WEBHOOK,
    evolve: evolveWebhook,
  });
  const organizationStreams = new StreamRepository(events, ids, idempotency, ORGANIZATION_FOLD);
  const settings = new SettingsService({ organizations: organizationStreams, idempotency, refusals });
  const webhookParts = { webhooks: webhookStreams, events, reads, ids, secrets, sender };
  const webhooks = new WebhookService({ ...webhookParts, idempotency, refusals });
  const webhookWorker = new WebhookWorker({
    ...webhookParts,
    feed,
    clock,
    lease,
    random: Math.random,
    onError: (error, webhookId) => logger.warn({ err: error, webhookId }, 'a webhook waits'),
  });
  const importWorker = new ImportWorker({ events, reads, applier: new ImportApplier(events, ids), onError });

  return {
    config,
    logger,
    clock,
    ids,
    events,
    reads,
    runtime,
    projections,
    freshness,
    metrics,
    organizations,
    ...auth,
    subjects,
    changes,
    facts,
    locator,
    times,
    lookups,
    fresh,
    matrix,
    history,
    changeQuery,
    feed,
    exceptionFeed,
    refusals,
    audit,
    auditReplay,
    exceptions,
    customers,
    importQuery,
    exporter,
    importPreview,
    imports,
    intake,
    sheetSource: new SheetFetcher(),
    settings,
    webhooks,
    webhookQuery: new WebhookQuery(reads),
    webhookWorker,
    importWorker,
    expiryWorker,
    /** @throws AheadOfLogError when a read model is not of this log */
    assertServable: (): Promise<void> => assertNotAhead(events, reads, models),
    /** Ends what runs in the background, then lets go of the stores. */
    close: async (): Promise<void> => {
      await webhookWorker.stop();
      await Promise.all([
        imports.stop(),
        expiryWorker.stop(),
        importWorker.stop(),
        feed.close(),
        exceptionFeed.close(),
      ]);
      await projections.stop();
      await reads.close();
      await events.close();
    },
  };
};
