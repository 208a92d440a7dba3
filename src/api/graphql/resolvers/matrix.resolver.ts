import { Args, Query, Resolver } from '@nestjs/graphql';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { checkSubject, HistoryQuery } from '../../../application/queries/history-query.js';
import { MatrixQuery } from '../../../application/queries/matrix-query.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { HistoryArgs, MatrixArgs, MatrixDiffArgs, TurningPointsArgs } from '../inputs/matrix.args.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller } from '../request-context.js';
import { optional, parseAt, parsePosition } from '../scalars/arguments.js';
import { VersionConnection } from '../types/connection.types.js';
import { Matrix, MatrixDiff, TurningPoint } from '../types/matrix.types.js';
import { Me } from '../types/me.type.js';
import { pageRequest } from './page-request.js';

const at = optional(parseAt);
const position = optional(parsePosition);

@Resolver()
export class MatrixResolver {
  constructor(
    private readonly matrices: MatrixQuery,
    private readonly versions: HistoryQuery,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => Me)
  me(@Caller() { subject, orgId, roles }: Principal): Me {
    return { subject, organization: orgId, roles };
  }

  @Query(() => Matrix)
  async matrix(@Caller() caller: Principal, @Args() args: MatrixArgs): Promise<Matrix> {
    authorize(caller, 'read');
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.matrices.matrix(caller.orgId, {
      at: at(args.at, ['at']),
      knownAt: at(args.knownAt, ['knownAt']),
    });
  }

  @Query(() => MatrixDiff)
  async matrixDiff(@Caller() caller: Principal, @Args() args: MatrixDiffArgs): Promise<MatrixDiff> {
    authorize(caller, 'read');
    const [from, to] = [parseAt(args.from, ['from']), parseAt(args.to, ['to'])];
    return this.matrices.diff(caller.orgId, from, to, at(args.knownAt, ['knownAt']));
  }

  @Query(() => [TurningPoint], {
    description: 'When the matrix became another one, and when it will: in order, at most the latest 500.',
  })
  async turningPoints(@Caller() caller: Principal, @Args() args: TurningPointsArgs) {
    authorize(caller, 'read');
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    return this.matrices.turningPoints(caller.orgId, at(args.knownAt, ['knownAt']));
  }

  @Query(() => VersionConnection)
  async history(@Caller() caller: Principal, @Args() args: HistoryArgs) {
    authorize(caller, 'read');
    validateInput(HistoryArgs, args);
    await this.fresh.atLeast(position(args.atLeast, ['atLeast']));
    const { subject, newestFirst, from } = args;
    const order = { newestFirst: newestFirst ?? false, from: from ?? null };
    return this.versions.history(caller.orgId, checkSubject(subject), pageRequest(args), order);
  }
}
