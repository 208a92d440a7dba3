import { Args, Query, Resolver } from '@nestjs/graphql';
import { AuditQuery } from '../../../application/audit/audit-query.js';
import { AuditReplay as Replay } from '../../../application/audit/audit-replay.js';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { AuditLogArgs, AuditReplayArgs } from '../inputs/audit.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller } from '../request-context.js';
import { optional, parseAt, parsePosition } from '../scalars/arguments.js';
import { AuditReplay } from '../types/audit.types.js';
import { AuditEntryConnection } from '../types/connection.types.js';
import { given } from './given.js';
import { pageRequest } from './page-request.js';

const at = optional(parseAt);
const position = optional(parsePosition);

@Resolver()
export class AuditResolver {
  constructor(
    private readonly query: AuditQuery,
    private readonly replays: Replay,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => AuditEntryConnection)
  async auditLog(@Caller() caller: Principal, @Args() args: AuditLogArgs) {
    authorize(caller, 'audit');
    validateInput(AuditLogArgs, args);
    const { from, to, ...filter } = given(args.filter);
    const [since, until] = [at(from, ['filter', 'from']), at(to, ['filter', 'to'])];
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.query.auditLog(
      caller.orgId,
      {
        ...filter,
        ...(since !== undefined && { from: since }),
        ...(until !== undefined && { to: until }),
      },
      pageRequest(args),
    );
  }

  @Query(() => AuditReplay)
  async auditReplay(@Caller() caller: Principal, @Args() args: AuditReplayArgs): Promise<AuditReplay> {
    authorize(caller, 'audit');
    const when = at(args.at, ['at']);
    const where = position(args.position, ['position']);
    return this.replays.replay(caller.orgId, {
      ...(when !== undefined && { at: when }),
      ...(where !== undefined && { position: where }),
    });
  }
}
