import type { ApprovalPolicyContent } from '@domain/change/content.js';
import { INITIAL_POLICY } from '@domain/change/policy.js';
import { VersionFields } from './fragments.js';
import { graphql } from './graphql.js';
import { useAsk } from './hooks.js';
import { inForceAt } from './in-force.js';

const PolicyVersions = graphql(
  `
    query PolicyVersions {
      history(subject: { kind: APPROVAL_POLICY, id: "policy" }, newestFirst: true, first: 20) {
        nodes {
          ...VersionFields
        }
      }
    }
  `,
  [VersionFields],
);

/** The approval rules in force: the latest version that has begun, or what an organization starts with. */
export const usePolicy = (): ApprovalPolicyContent => {
  const { data } = useAsk(PolicyVersions, {});
  return (
    (inForceAt(data?.history.nodes ?? [])?.content as ApprovalPolicyContent | undefined) ?? INITIAL_POLICY
  );
};
