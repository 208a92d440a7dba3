import { VersionFields } from '../../api/fragments.js';
import { graphql } from '../../api/graphql.js';

export const History = graphql(
  `
    query History($subject: SubjectInput!, $first: Int, $after: String, $atLeast: Position) {
      history(subject: $subject, first: $first, after: $after, atLeast: $atLeast) {
        totalCount
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
