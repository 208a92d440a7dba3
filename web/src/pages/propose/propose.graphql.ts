import { ChangeReached, VersionFields } from '../../api/fragments.js';
import { graphql } from '../../api/graphql.js';

export const RemapCustomer = graphql(
  `
    mutation RemapCustomer($input: RemapCustomerInput!) {
      remapCustomer(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const ProposeContract = graphql(
  `
    mutation ProposeContract($input: ProposeContractInput!) {
      proposeContract(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const ProposeCoverage = graphql(
  `
    mutation ProposeCoverage($input: ProposeCoverageInput!) {
      proposeCoverage(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const ProposeApprovalPolicy = graphql(
  `
    mutation ProposeApprovalPolicy($input: ProposeApprovalPolicyInput!) {
      proposeApprovalPolicy(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const SubjectVersions = graphql(
  `
    query SubjectVersions($subject: SubjectInput!, $atLeast: Position) {
      history(subject: $subject, newestFirst: true, first: 200, atLeast: $atLeast) {
        nodes {
          ...VersionFields
        }
      }
    }
  `,
  [VersionFields],
);
