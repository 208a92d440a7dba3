import { ExceptionFields, VersionFields } from '../../api/fragments.js';
import { graphql, type ResultOf } from '../../api/graphql.js';

export const Customers = graphql(`
  query Customers(
    $filter: CustomerFilter
    $first: Int
    $after: String
    $atLeast: Position
    $counted: Boolean!
  ) {
    customers(filter: $filter, first: $first, after: $after, atLeast: $atLeast) {
      totalCount @include(if: $counted)
      nodes {
        id
        name
        mappedTier
        contracts {
          id
          tier
        }
        exceptions {
          kind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CustomerById = graphql(
  `
    query CustomerById($id: ID!, $at: DateTime, $knownAt: DateTime, $atLeast: Position) {
      customer(id: $id, at: $at, knownAt: $knownAt, atLeast: $atLeast) {
        id
        name
        mappedTier
        contracts {
          id
          tier
          startsOn
          endsOn
          annualValue
          currency
          creditsEnabled
          csmEmail
          overrides {
            notes
          }
        }
        exceptions {
          ...ExceptionFields
        }
      }
      history(subject: { kind: CUSTOMER, id: $id }, newestFirst: true, first: 12) {
        totalCount
        nodes {
          ...VersionFields
        }
      }
      changes(filter: { subject: { kind: CUSTOMER, id: $id } }, first: 20) {
        nodes {
          id
          kind
          status
          proposedBy
          proposedAt
        }
      }
    }
  `,
  [ExceptionFields, VersionFields],
);

export type CustomerLine = ResultOf<typeof Customers>['customers']['nodes'][number];
