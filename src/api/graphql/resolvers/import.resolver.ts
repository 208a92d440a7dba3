import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CommandContext } from '../../../application/command-context.js';
import { ImportIntake } from '../../../application/import/import-intake.js';
import { SheetSource } from '../../../application/ports/sheet-source.js';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { ImportQuery } from '../../../application/queries/import-query.js';
import { authorize, may, type Principal } from '../../../application/principal.js';
import { invalid } from '../../../domain/shared/domain-error.js';
import { positionText } from '../../../application/read-models/document-key.js';
import { ImportReferenceInput } from '../inputs/import-reference.input.js';
import { ImportArgs, ImportRowsArgs } from '../inputs/import.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller, Commanding } from '../request-context.js';
import { optional, parsePosition } from '../scalars/arguments.js';
import { ImportRowConnection } from '../types/connection.types.js';
import { Import } from '../types/import.types.js';
import { ImportPayload } from '../types/payload.types.js';
import { ChangePayloads } from './change-payloads.js';
import { pageRequest } from './page-request.js';

const position = optional(parsePosition);

@Resolver(() => Import)
export class ImportResolver {
  constructor(
    private readonly imports: ImportQuery,
    private readonly intake: ImportIntake,
    private readonly sheets: SheetSource,
    private readonly payloads: ChangePayloads,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => Import, { nullable: true })
  async import(@Caller() caller: Principal, @Args() args: ImportArgs) {
    const readsAll = may(caller, 'read');
    if (!readsAll) authorize(caller, 'import');
    validateInput(ImportArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    const found = await this.imports.import(caller.orgId, args.id);
    // Who may import and nothing else sees what came of it.
    return readsAll || found?.change.proposedBy === caller.subject ? found : null;
  }

  @ResolveField(() => ImportRowConnection)
  rows(@Caller() caller: Principal, @Parent() { id }: Import, @Args() args: ImportRowsArgs) {
    validateInput(ImportRowsArgs, args);
    return this.imports.rows(caller.orgId, id, args.outcome ?? undefined, pageRequest(args));
  }

  @Mutation(() => ImportPayload)
  importReference(
    @Commanding() by: CommandContext,
    @Args('input') input: ImportReferenceInput,
  ): Promise<ImportPayload> {
    return this.payloads.refusable<ImportPayload>(
      async () => {
        validateInput(ImportReferenceInput, input);
        const { columns, dateOrder, idempotencyKey } = input;
        const request = { context: by, columns, dateOrder, idempotencyKey, ...this.bytesOf(input) };
        const started = await this.intake.start(request);
        const read = await this.payloads.readBack(started.position, () =>
          this.imports.import(by.principal.orgId, started.importId),
        );
        return { import: read, position: positionText(started.position), userErrors: [] };
      },
      (userErrors) => ({ import: null, position: null, userErrors }),
    );
  }

  private bytesOf({ csv, url }: ImportReferenceInput) {
    if ((csv == null) === (url == null))
      throw invalid(['csv'], 'Give the sheet either as csv or by its url, one of the two.');
    return csv != null
      ? { bytes: textBytes(csv), source: 'inline' as const }
      : { bytes: this.sheets.fetch(url!), source: 'url' as const };
  }
}

async function* textBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}
