import { VersionFields } from '../../api/fragments.js';
import { graphql } from '../../api/graphql.js';

export const History = graphql(
  `
    query History(
      $subject: SubjectInput!
      $newestFirst: Boolean
      $from: Int
      $first: Int
      $after: String
      $atLeast: Position
      $counted: Boolean!
    ) {
      history(
        subject: $subject
        newestFirst: $newestFirst
        from: $from
        first: $first
        after: $after
        atLeast: $atLeast
      ) {
        totalCount @include(if: $counted)
        nodes {
          ...VersionFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [VersionFields],
);
