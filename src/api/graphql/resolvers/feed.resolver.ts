import { Args, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed } from '../../../application/feed/change-feed.js';
import { ExceptionFeed } from '../../../application/feed/exception-feed.js';
import { authorize, type Principal } from '../../../application/principal.js';
import type {
  ApprovedChange as ApprovedChangeView,
  SlaException as SlaExceptionView,
} from '../../../application/queries/views.js';
import { ApprovedChangesArgs } from '../inputs/feed.args.js';
import { Caller, UntilGone } from '../request-context.js';
import { optional, parsePosition } from '../scalars/arguments.js';
import { ApprovedChange } from '../types/change.types.js';
import { SlaException } from '../types/sla-exception.types.js';

const position = optional(parsePosition);

@Resolver()
export class FeedResolver {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly exceptions: ExceptionFeed,
  ) {}

  @Subscription(() => ApprovedChange, {
    description:
      'Replays what was missed, then follows: every approved version once, in log order. Resume after the position last received.',
    // The entry itself, not wrapped: followers of an organization share it, and with it the answer made of it.
    resolve: (entry: ApprovedChangeView) => entry,
  })
  approvedChanges(
    @Caller() caller: Principal,
    @UntilGone() signal: AbortSignal,
    @Args() args: ApprovedChangesArgs,
  ) {
    authorize(caller, 'follow-feed');
    return this.feed.follow(caller.orgId, position(args.after, ['after']), signal);
  }

  @Subscription(() => SlaException, {
    description:
      'An exception whenever it opens, is acknowledged, waived or resolved, by a change or by time alone. From now on: what was before is in `exceptions`.',
    resolve: (exception: SlaExceptionView) => exception,
  })
  exceptionsChanged(@Caller() caller: Principal, @UntilGone() signal: AbortSignal) {
    authorize(caller, 'read');
    return this.exceptions.follow(caller.orgId, signal);
  }
}
