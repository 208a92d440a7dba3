import { graphql, type ResultOf } from './graphql.js';

export const TermsFields = graphql(`
  fragment TermsFields on Terms {
    commitments {
      priority
      firstResponse
      nextUpdate
      resolution
      coverage
    }
    channels {
      channel
      priorities
      coverage
    }
    uptimePercent
    achievementPercent
    credits {
      percentPerBreach
      monthlyCapPercent
    }
    features
    notes
  }
`);

export const VersionFields = graphql(`
  fragment VersionFields on Version {
    number
    effectiveFrom
    effectiveTo
    periods {
      from
      to
    }
    recordedAt
    changeId
    proposedBy
    approvedBy
    reason
    backdated
    selfApproved
    content
  }
`);

export const ExceptionFields = graphql(
  `
    fragment ExceptionFields on SlaException {
      id
      kind
      status
      customerId
      contractId
      mappedTier
      contractTier
      candidates {
        source
        tier
        terms {
          ...TermsFields
        }
      }
      since
      until
      acknowledgedBy
      note
      owner
      dueOn
      previousId
      resolution
      explanation
    }
  `,
  [TermsFields],
);

export type Terms = ResultOf<typeof TermsFields>;
export type Version = ResultOf<typeof VersionFields>;
export type SlaException = ResultOf<typeof ExceptionFields>;

/** What every mutation of a change answers. */
export const ChangeReached = graphql(`
  fragment ChangeReached on ChangePayload {
    position
    userErrors {
      code
      message
      path
      existingId
    }
    change {
      id
      revision
      status
    }
  }
`);
