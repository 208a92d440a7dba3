import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { ChangePayloads } from '../api/graphql/resolvers/change-payloads.js';
import { AuditQuery } from '../application/audit/audit-query.js';
import { AuditReplay } from '../application/audit/audit-replay.js';
import { Refusals } from '../application/audit/refusals.js';
import { ChangeLocator } from '../application/commands/change-locator.js';
import { ChangeService } from '../application/commands/change-service.js';
import { ContentFactsReader } from '../application/commands/content-facts-reader.js';
import { ChangeFeed } from '../application/feed/change-feed.js';
import { ExceptionFeed } from '../application/feed/exception-feed.js';
import { ImportIntake } from '../application/import/import-intake.js';
import { SettingsService } from '../application/organization/settings-service.js';
import { Accounts } from '../application/ports/accounts.js';
import { Authenticator } from '../application/ports/authenticator.js';
import { SheetSource } from '../application/ports/sheet-source.js';
import { ChangeQuery } from '../application/queries/change-query.js';
import { CustomerQuery } from '../application/queries/customer-query.js';
import { ExceptionQuery } from '../application/queries/exception-query.js';
import { FreshReads } from '../application/queries/fresh-reads.js';
import { HistoryQuery } from '../application/queries/history-query.js';
import { ImportQuery } from '../application/queries/import-query.js';
import { Lookups } from '../application/queries/lookups.js';
import { MatrixQuery } from '../application/queries/matrix-query.js';
import { WebhookQuery } from '../application/webhooks/webhook-query.js';
import { WebhookService } from '../application/webhooks/webhook-service.js';
import type { Core } from './core.js';
import { FoldedChanges } from './folded-changes.js';

/** What the protocols may use of the core, by class. */
@Global()
@Module({})
export class CoreModule {
  static of(core: Core): DynamicModule {
    const providers = [
      { provide: ChangeService, useValue: core.changes },
      { provide: ContentFactsReader, useValue: core.facts },
      { provide: ChangeLocator, useValue: core.locator },
      { provide: Accounts, useValue: core.accounts },
      { provide: Authenticator, useValue: core.authenticator },
      { provide: SheetSource, useValue: core.sheetSource },
      { provide: AuditQuery, useValue: core.audit },
      { provide: AuditReplay, useValue: core.auditReplay },
      { provide: Refusals, useValue: core.refusals },
      { provide: ChangeFeed, useValue: core.feed },
      { provide: ExceptionFeed, useValue: core.exceptionFeed },
      { provide: ImportIntake, useValue: core.intake },
      { provide: ChangeQuery, useValue: core.changeQuery },
      { provide: CustomerQuery, useValue: core.customers },
      { provide: ExceptionQuery, useValue: core.exceptions },
      { provide: FreshReads, useValue: core.fresh },
      { provide: HistoryQuery, useValue: core.history },
      { provide: ImportQuery, useValue: core.importQuery },
      { provide: SettingsService, useValue: core.settings },
      { provide: Lookups, useValue: core.lookups },
      { provide: MatrixQuery, useValue: core.matrix },
      { provide: WebhookQuery, useValue: core.webhookQuery },
      { provide: WebhookService, useValue: core.webhooks },
      {
        provide: ChangePayloads,
        useValue: new ChangePayloads(core.changeQuery, core.freshness, new FoldedChanges(core.events)),
      },
    ];
    return { module: CoreModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
