import { Args, Query, Resolver } from '@nestjs/graphql';
import { FreshReads } from '../../../application/queries/fresh-reads.js';
import { Lookups } from '../../../application/queries/lookups.js';
import type { LookupResult as LookupResultView } from '../../../application/queries/views.js';
import { authorize, type Principal } from '../../../application/principal.js';
import { DomainError } from '../../../domain/shared/domain-error.js';
import { LookupArgs, LookupInput, LookupManyArgs } from '../inputs/lookup.inputs.js';
import { validateInput } from '../inputs/validate-input.js';
import { Caller } from '../request-context.js';
import { optional, parseAt, parsePosition } from '../scalars/arguments.js';
import { LookupResult } from '../types/lookup-result.types.js';

const at = optional(parseAt);
const position = optional(parsePosition);

@Resolver()
export class LookupResolver {
  constructor(
    private readonly lookups: Lookups,
    private readonly fresh: FreshReads,
  ) {}

  @Query(() => LookupResult)
  async lookup(@Caller() caller: Principal, @Args() { input }: LookupArgs): Promise<LookupResultView> {
    authorize(caller, 'read');
    return this.answer(caller, input, []);
  }

  @Query(() => [LookupResult])
  async lookupMany(
    @Caller() caller: Principal,
    @Args() args: LookupManyArgs,
  ): Promise<readonly LookupResultView[]> {
    authorize(caller, 'read');
    validateInput(LookupManyArgs, args);
    return Promise.all(
      args.inputs.map((input, index) => this.answer(caller, input, ['inputs', String(index)])),
    );
  }

  private async answer(
    { orgId }: Principal,
    input: LookupInput,
    path: readonly string[],
  ): Promise<LookupResultView> {
    validateInput(LookupInput, input, path);
    await this.fresh.atLeast(position(input.atLeast, [...path, 'atLeast']));
    const request = {
      ...input,
      at: at(input.at, [...path, 'at']),
      knownAt: at(input.knownAt, [...path, 'knownAt']),
    };
    try {
      return await this.lookups.lookup(orgId, request);
    } catch (error) {
      throw within(path, error);
    }
  }
}

/** A refusal of one question of many names which. */
const within = (path: readonly string[], error: unknown): unknown =>
  error instanceof DomainError && path.length > 0
    ? new DomainError(error.code, error.message, { path: [...path, ...error.path] })
    : error;
