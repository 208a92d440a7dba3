import { decideSubject } from '../../domain/change/subject.decider.js';
import { DECIDED_BY, type ChangeCommand, type DecisionContext } from '../../domain/change/change.commands.js';
import type { ApprovalPolicyContent, ChangeContent, Subject } from '../../domain/change/content.js';
import type { AnyEvent } from '../../domain/events.js';
import type { OrganizationState } from '../../domain/organization/organization.state.js';
import { parseText } from '../../domain/shared/identifier.js';
import { parseInstant, type Instant } from '../../domain/shared/instant.js';
import { streamOf } from '../../domain/shared/streams.js';
import { metadataOf, type CommandContext } from '../command-context.js';
import type { OrganizationReader } from '../organization/organization-reader.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import { may, type Principal } from '../principal.js';
import { DEFAULT_TIME_ZONE } from '../queries/points-in-time.js';
import type { ChangeOutcome, Timing } from './change-commands.js';
import type { Idempotency, Issued } from './idempotency.js';
import type { Decided } from './stream-repository.js';
import type { SubjectRepository } from './subject-repository.js';

const MAX_REASON = 10_000;

/** Takes a decision about a subject with everything it may depend on, and appends what follows. */
export class ChangeService {
  constructor(
    private readonly subjects: SubjectRepository,
    private readonly organizations: OrganizationReader,
    private readonly idempotency: Idempotency,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** The identity of a command: with an idempotency key it follows from the key. `input` is all that it asks for. */
  issue(context: CommandContext, key: string | null | undefined, command: string, input: unknown): Issued {
    return this.idempotency.issue(context, key, command, input);
  }

  /** The change that this command proposes; the same for a repeat. */
  changeIdOf({ commandId }: Issued): string {
    return this.ids.derived(commandId, 'change');
  }

  /**
   * What the command led to when it was given before; null: it was not. Asked before anything is checked, because
   * what was right then may be refused now.
   */
  async repeated({ claim }: Issued): Promise<ChangeOutcome | null> {
    const event = claim && (await this.idempotency.outcome(claim));
    if (!event) return null;
    const { data, position, stream } = event;
    return { changeId: 'changeId' in data ? data.changeId : '', position, stream };
  }

  /**
   * @param followedBy what happens with it, in the same append
   * @throws DomainError, EventStoreError
   */
  async decide(
    issued: Issued,
    subject: Subject,
    command: ChangeCommand,
    reason?: string,
    followedBy: readonly AnyEvent[] = [],
  ): Promise<Decided & Pick<ChangeOutcome, 'stream'>> {
    const { context, commandId, claim } = issued;
    const { principal } = context;
    const stream = streamOf(principal.orgId, subject);
    const decided = await this.subjects.execute({
      stream,
      commandId,
      metadata: metadataOf(context, commandId, reason),
      ...(claim && { claim }),
      around: () => this.around(principal.orgId, command),
      decide: (state, around) => {
        const events = decideSubject(command, state, decisionContext(principal, around, this.clock.now()));
        return events.length > 0 ? [...events, ...followedBy] : events;
      },
    });
    return { ...decided, stream };
  }

  /** What the command is decided by, as it is now: an outdated policy must not decide, so it is asked for every time. */
  private async around(orgId: string, { type }: ChangeCommand): Promise<Around> {
    const by = DECIDED_BY[type];
    const [organization, policy] = await Promise.all([
      by.organization ? this.organizations.find(orgId) : undefined,
      by.policy ? this.subjects.policy(orgId) : undefined,
    ]);
    return { organization, policy };
  }
}

/** As far as it was read. */
interface Around {
  readonly organization: OrganizationState | null | undefined;
  readonly policy: ApprovalPolicyContent | undefined;
}

/** Says no rather than something else when a decision asks for what was not read for it. */
const decisionContext = (principal: Principal, around: Around, now: Instant): DecisionContext => {
  const organization = (): OrganizationState | null => {
    if (around.organization === undefined)
      throw new TypeError('The organization was not read for this command.');
    return around.organization;
  };
  return {
    now,
    actor: principal.subject,
    isAdmin: may(principal, 'decide'),
    get policy() {
      if (!around.policy) throw new TypeError('The approval policy was not read for this command.');
      return around.policy;
    },
    // Who is not on the books approved with a token of their own, whose roles nobody has taken back.
    mayStillApprove: (approver) => organization()?.persons.get(approver)?.roles.includes('admin') ?? true,
    get timeZone() {
      return organization()?.timeZone ?? DEFAULT_TIME_ZONE;
    },
  };
};

/** The timing of a proposal, checked. A waiver ends when its content says. @throws DomainError INVALID_INPUT */
export const parseTiming = (
  content: ChangeContent,
  timing: Timing,
): { effectiveFrom?: string; effectiveUntil?: string; reason?: string } => {
  const from = timing.effectiveFrom;
  const until = 'until' in content ? content.until : timing.effectiveUntil;
  return {
    ...(from != null && { effectiveFrom: parseInstant(from, ['effectiveFrom']) }),
    ...(until != null && { effectiveUntil: parseInstant(until, ['effectiveUntil']) }),
    ...(timing.reason != null && { reason: parseText(timing.reason, ['reason'], MAX_REASON) }),
  };
};
