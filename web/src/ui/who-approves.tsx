import { usePolicy } from '../api/policy.js';
import { useSession } from '../api/session.js';

/** Who has to say yes, before anything is sent. */
export const WhoApproves = ({
  kind,
  tier,
}: {
  readonly kind: string;
  readonly tier?: string | undefined;
}) => {
  const { subject } = useSession();
  const policy = usePolicy();
  const rules = policy.rules.filter((rule) => (rule.kind ?? kind) === kind && (rule.tier ?? tier) === tier);
  const needed = Math.max(
    1,
    ...(rules.length > 0 ? rules.map(({ approvals }) => approvals) : [policy.defaultApprovals]),
  );
  return (
    <p className="soft">
      Needs {needed === 1 ? 'one approval' : `${needed} approvals`} by somebody with the role admin
      {policy.allowSelfApproval
        ? '; your organization lets proposers approve their own.'
        : `, not by ${subject}.`}
    </p>
  );
};
