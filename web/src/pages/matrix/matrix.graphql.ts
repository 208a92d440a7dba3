import { ChangeReached, TermsFields } from '../../api/fragments.js';
import { graphql, type ResultOf } from '../../api/graphql.js';

export const Matrix = graphql(
  `
    query Matrix($at: DateTime, $knownAt: DateTime, $atLeast: Position) {
      matrix(at: $at, knownAt: $knownAt, atLeast: $atLeast) {
        at
        knownAt
        tiers {
          key
          name
          rank
          version {
            number
            effectiveFrom
            effectiveTo
            changeId
          }
          terms {
            ...TermsFields
          }
          scheduled {
            number
            effectiveFrom
            changeId
            terms {
              commitments {
                priority
                firstResponse
                nextUpdate
                resolution
                coverage
              }
            }
          }
        }
        lint {
          code
          message
          tier
          priority
        }
      }
    }
  `,
  [TermsFields],
);

export const TurningPoints = graphql(`
  query TurningPoints($knownAt: DateTime, $atLeast: Position) {
    turningPoints(knownAt: $knownAt, atLeast: $atLeast) {
      at
      subjects {
        kind
        id
      }
    }
  }
`);

export const MatrixDiff = graphql(`
  query MatrixDiff($from: DateTime!, $to: DateTime!, $knownAt: DateTime) {
    matrixDiff(from: $from, to: $to, knownAt: $knownAt) {
      from
      to
      deltas {
        tier
        priority
        field
        before
        after
        changeId
      }
    }
  }
`);

export const OpenTierChanges = graphql(`
  query OpenTierChanges {
    changes(filter: { status: PROPOSED, kind: TIER_TERMS }, first: 50) {
      nodes {
        id
        subject {
          id
        }
        proposedBy
      }
    }
  }
`);

export const ProposeTierTerms = graphql(
  `
    mutation ProposeTierTerms($input: ProposeTierTermsInput!) {
      proposeTierTerms(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export const ProposeTierRetirement = graphql(
  `
    mutation ProposeTierRetirement($input: ProposeTierRetirementInput!) {
      proposeTierRetirement(input: $input) {
        ...ChangeReached
      }
    }
  `,
  [ChangeReached],
);

export type MatrixView = ResultOf<typeof Matrix>['matrix'];
export type TierView = MatrixView['tiers'][number];
export type LintWarning = MatrixView['lint'][number];
