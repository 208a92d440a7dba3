import { Module, type DynamicModule } from '@nestjs/common';
import { GraphqlApiModule } from './api/graphql/graphql.module.js';
import { CHANGE_HANDLERS } from './application/commands/change.handlers.js';
import { CoreModule } from './composition/core.module.js';
import type { Core } from './composition/core.js';

@Module({})
export class AppModule {
  static of(core: Core): DynamicModule {
    const { config, logger, metrics } = core;
    const parts = CoreModule.of(core);
    const graphql = GraphqlApiModule.forRoot(
      {
        introspection: config.environment !== 'production',
        report: (error, id) => logger.error({ err: error, correlationId: id }, 'operation failed'),
        onOperation: (operation, outcome, seconds) =>
          metrics.graphqlDuration.observe({ operation, outcome }, seconds),
      },
      parts,
    );
    return { module: AppModule, imports: [parts, graphql], providers: [...CHANGE_HANDLERS] };
  }
}
