import { graphql, type ResultOf } from '../../api/graphql.js';

export const ImportById = graphql(`
  query ImportById($id: ID!, $atLeast: Position) {
    import(id: $id, atLeast: $atLeast) {
      id
      columns
      status
      total
      applied
      skipped
      counts
      failure
      change {
        id
        status
        proposedBy
      }
    }
  }
`);

export const ImportRows = graphql(`
  query ImportRows(
    $id: ID!
    $outcome: RowOutcome
    $first: Int
    $after: String
    $atLeast: Position
    $counted: Boolean!
  ) {
    import(id: $id, atLeast: $atLeast) {
      rows(outcome: $outcome, first: $first, after: $after) {
        totalCount @include(if: $counted)
        nodes {
          record
          outcome
          customerId
          contractId
          field
          message
          duplicateOf
          exception
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export type ImportView = NonNullable<ResultOf<typeof ImportById>['import']>;
export type ImportRow = NonNullable<ResultOf<typeof ImportRows>['import']>['rows']['nodes'][number];

export const OUTCOMES = ['INVALID', 'DUPLICATE', 'CREATE', 'REMAP', 'UPDATE', 'UNCHANGED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Milliseconds between looks while rows are read or applied. */
export const WATCH_MS = 700;
