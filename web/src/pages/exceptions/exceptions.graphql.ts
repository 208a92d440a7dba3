import { ChangeReached, ExceptionFields } from '../../api/fragments.js';
import { graphql } from '../../api/graphql.js';

export const Exceptions = graphql(
  `
    query Exceptions(
      $filter: ExceptionFilter
      $at: DateTime
      $knownAt: DateTime
      $first: Int
      $after: String
      $atLeast: Position
      $counted: Boolean!
    ) {
      exceptions(
        filter: $filter
        at: $at
        knownAt: $knownAt
        first: $first
        after: $after
        atLeast: $atLeast
      ) {
        totalCount @include(if: $counted)
        nodes {
          ...ExceptionFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ExceptionFields],
);

export const AcknowledgeException = graphql(`
  mutation AcknowledgeException($exceptionId: ID!, $note: String!, $owner: String, $dueOn: Date) {
    acknowledgeException(exceptionId: $exceptionId, note: $note, owner: $owner, dueOn: $dueOn) {
      position
      userErrors {
        code
        message
        path
        existingId
      }
      exception {
        id
        status
      }
    }
  }
`);

export const ProposeWaiver = graphql(
  `
    mutation ProposeWaiver($input: ProposeWaiverInput!) {
      proposeWaiver(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);
