import type { ChangeKind } from '@domain/change/content.js';
import { approvalsFor } from '@domain/change/policy.js';
import { usePolicy } from '../api/policy.js';
import { useSession } from '../api/session.js';

interface Props {
  readonly kind: ChangeKind;
  /** What it is about, where that is a tier; of several the one that asks the most counts. */
  readonly tiers?: readonly (string | null)[];
}

/** Who has to say yes, before anything is sent. */
export const WhoApproves = ({ kind, tiers = [null] }: Props) => {
  const { subject } = useSession();
  const policy = usePolicy();
  const needed = Math.max(...tiers.map((tier) => approvalsFor(policy, kind, tier || null)));
  return (
    <p className="soft">
      Needs {needed === 1 ? 'one approval' : `${needed} approvals`} by somebody with the role admin
      {policy.allowSelfApproval
        ? '; your organization lets proposers approve their own.'
        : `, not by ${subject}.`}
    </p>
  );
};
