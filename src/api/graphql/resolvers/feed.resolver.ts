import { Args, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed } from '../../../application/feed/change-feed.js';
import { authorize, type Principal } from '../../../application/principal.js';
import type { ApprovedChange as ApprovedChangeView } from '../../../application/queries/views.js';
import { ApprovedChangesArgs } from '../inputs/feed.args.js';
import { Caller, UntilGone } from '../request-context.js';
import { optional, parsePosition } from '../scalars/arguments.js';
import { ApprovedChange } from '../types/change.types.js';

const position = optional(parsePosition);

@Resolver()
export class FeedResolver {
  constructor(private readonly feed: ChangeFeed) {}

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
}
