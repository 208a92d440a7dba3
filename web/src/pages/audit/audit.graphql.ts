import { graphql, type ResultOf } from '../../api/graphql.js';

export const AuditLog = graphql(`
  query AuditLog($filter: AuditFilter, $first: Int, $after: String, $atLeast: Position, $counted: Boolean!) {
    auditLog(filter: $filter, first: $first, after: $after, atLeast: $atLeast) {
      totalCount @include(if: $counted)
      nodes {
        id
        position
        recordedAt
        actor
        roles
        type
        subject {
          kind
          id
        }
        changeId
        reason
        before
        after
        correlationId
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AuditReplay = graphql(`
  query AuditReplay($at: DateTime) {
    auditReplay(at: $at) {
      position
      events
      stateHash
      differences {
        readModel
        id
        served
        replayed
      }
    }
  }
`);

export type AuditEntry = ResultOf<typeof AuditLog>['auditLog']['nodes'][number];
