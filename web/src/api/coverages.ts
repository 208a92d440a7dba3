import { useQueries } from '@tanstack/react-query';
import type { CoverageContent } from '@domain/change/content.js';
import { defaultCoverages } from '@domain/coverage/default-coverages.js';
import { ask } from './ask.js';
import { VersionFields } from './fragments.js';
import { graphql } from './graphql.js';
import { inForceAt } from './in-force.js';

export const CoverageVersions = graphql(
  `
    query CoverageVersions($id: ID!) {
      history(subject: { kind: COVERAGE, id: $id }, newestFirst: true, first: 50) {
        nodes {
          ...VersionFields
        }
      }
    }
  `,
  [VersionFields],
);

export interface KnownCoverage {
  readonly content: CoverageContent;
  /** Approved by the organization; otherwise what the product assumes until it has its own. */
  readonly own: boolean;
}

/** What the product assumes for a name that the organization has not defined. */
export const assumedCoverage = (key: string): CoverageContent => {
  const defaults = defaultCoverages('Europe/Berlin');
  return (
    defaults.find((each) => each.key === key) ?? {
      ...defaults.find((each) => each.key === 'business-hours')!,
      key,
    }
  );
};

/** The coverages of these names that are in force now. Names still being asked for are assumed. */
export const useCoverages = (keys: readonly string[]): ReadonlyMap<string, KnownCoverage> => {
  const results = useQueries({
    queries: keys.map((id) => ({
      queryKey: ['CoverageVersions', { id }],
      queryFn: () => ask(CoverageVersions, { id }),
    })),
  });
  return new Map(
    keys.map((key, index) => {
      const inForce = inForceAt(results[index]?.data?.history.nodes ?? []);
      return [
        key,
        inForce
          ? { content: inForce.content as CoverageContent, own: true }
          : { content: assumedCoverage(key), own: false },
      ];
    }),
  );
};
