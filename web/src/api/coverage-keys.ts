import { useMemo } from 'react';
import { defaultCoverages } from '@domain/coverage/default-coverages.js';
import { atLeast } from './freshness.js';
import { graphql } from './graphql.js';
import { useAsk } from './hooks.js';

const CoverageKeys = graphql(`
  query CoverageKeys($atLeast: Position) {
    turningPoints(atLeast: $atLeast) {
      subjects {
        kind
        id
      }
    }
  }
`);

const ALWAYS = defaultCoverages().map(({ key }) => key);

/** Names of coverages that terms may name: the approved ones, and those that every organization begins with. */
export const useCoverageKeys = (): readonly string[] => {
  const { data } = useAsk(CoverageKeys, { atLeast: atLeast() }, { keep: true });
  return useMemo(() => {
    const approved = (data?.turningPoints ?? [])
      .flatMap(({ subjects }) => subjects)
      .filter(({ kind }) => kind === 'COVERAGE')
      .map(({ id }) => id);
    return [...new Set([...ALWAYS, ...approved])];
  }, [data]);
};
