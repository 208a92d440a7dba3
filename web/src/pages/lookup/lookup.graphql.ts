import { ExceptionFields, TermsFields, VersionFields } from '../../api/fragments.js';
import { graphql, type ResultOf } from '../../api/graphql.js';

export const Lookup = graphql(
  `
    query Lookup($input: LookupInput!) {
      lookup(input: $input) {
        __typename
        ... on BindingSla {
          customerId
          contractId
          tier
          source
          terms {
            ...TermsFields
          }
          commitment {
            priority
            coverage
          }
          coverage {
            key
            open
            nextChangeAt
            timeZone
          }
          version {
            ...VersionFields
          }
          at
          knownAt
          explanation
        }
        ... on SlaException {
          ...ExceptionFields
        }
        ... on UnknownCustomer {
          id
          nearest
        }
      }
    }
  `,
  [TermsFields, VersionFields, ExceptionFields],
);

/** The same moment for every priority: each has hours of its own. */
export const CoverageNow = graphql(`
  query CoverageNow($inputs: [LookupInput!]!) {
    lookupMany(inputs: $inputs) {
      ... on BindingSla {
        commitment {
          priority
        }
        coverage {
          key
          open
          nextChangeAt
          timeZone
        }
      }
    }
  }
`);

export const CustomerName = graphql(`
  query CustomerName($id: ID!) {
    customer(id: $id) {
      name
    }
  }
`);

export const Suggest = graphql(`
  query Suggest($search: String!) {
    customers(filter: { search: $search }, first: 8) {
      nodes {
        id
        name
        mappedTier
      }
    }
  }
`);

export type Answered = ResultOf<typeof Lookup>['lookup'];
export type BindingSla = Extract<Answered, { __typename: 'BindingSla' }>;
