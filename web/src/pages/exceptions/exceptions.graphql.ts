import { ChangeReached, ExceptionFields } from '../../api/fragments.js';
import { graphql } from '../../api/graphql.js';

export const Exceptions = graphql(
  `
    query Exceptions(
      $filter: ExceptionFilter
      $at: DateTime
      $knownAt: DateTime
      $first: Int
      $atLeast: Position
    ) {
      exceptions(filter: $filter, at: $at, knownAt: $knownAt, first: $first, atLeast: $atLeast) {
        totalCount
        nodes {
          ...ExceptionFields
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [ExceptionFields],
);

export const AcknowledgeException = graphql(`
  mutation AcknowledgeException($exceptionId: ID!, $note: String!) {
    acknowledgeException(exceptionId: $exceptionId, note: $note) {
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
