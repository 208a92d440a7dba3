import { graphql, type ResultOf } from '../../api/graphql.js';

export const AuditLog = graphql(`
  query AuditLog($filter: AuditFilter, $first: Int, $after: String, $atLeast: Position) {
    auditLog(filter: $filter, first: $first, after: $after, atLeast: $atLeast) {
      totalCount
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
