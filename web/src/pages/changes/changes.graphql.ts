import { ChangeReached } from '../../api/fragments.js';
import { graphql, type ResultOf } from '../../api/graphql.js';

export const ChangeLine = graphql(`
  fragment ChangeLine on Change {
    id
    kind
    status
    subject {
      kind
      id
    }
    revision
    proposedBy
    proposedAt
    reason
    effectiveFrom
    stale
    approvals
    approvalsNeeded
    decidedAt
  }
`);

export const Changes = graphql(
  `
    query Changes(
      $filter: ChangeFilter
      $first: Int
      $after: String
      $atLeast: Position
      $counted: Boolean!
    ) {
      changes(filter: $filter, first: $first, after: $after, atLeast: $atLeast) {
        totalCount @include(if: $counted)
        nodes {
          ...ChangeLine
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ChangeLine],
);

export const ChangeById = graphql(
  `
    query ChangeById($id: ID!, $atLeast: Position) {
      change(id: $id, atLeast: $atLeast) {
        ...ChangeLine
        effectiveUntil
        baseVersion
        followedBy {
          number
          effectiveFrom
          effectiveTo
        }
        content
        diff {
          path
          before
          after
        }
        lint {
          code
          message
          tier
          priority
        }
        timeline {
          kind
          actor
          at
          text
          revision
        }
      }
    }
  `,
  [ChangeLine],
);

export const ApproveChange = graphql(
  `
    mutation ApproveChange($input: DecideChangeInput!) {
      approveChange(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const RejectChange = graphql(
  `
    mutation RejectChange($input: RejectChangeInput!) {
      rejectChange(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const WithdrawChange = graphql(
  `
    mutation WithdrawChange($input: WithdrawChangeInput!) {
      withdrawChange(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const CommentOnChange = graphql(
  `
    mutation CommentOnChange($input: CommentOnChangeInput!) {
      commentOnChange(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const ReviseChange = graphql(
  `
    mutation ReviseChange($input: ReviseChangeInput!) {
      reviseChange(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export type ChangeView = NonNullable<ResultOf<typeof ChangeById>['change']>;
export type ChangeLineView = ResultOf<typeof ChangeLine>;
